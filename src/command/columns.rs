//! A table for people that is known as a whole: columns as wide as what stands in them.

use unicode_width::UnicodeWidthStr;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Words, which begin below each other.
    Words(&'static str),
    /// Numbers, which end below each other.
    Number(&'static str),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Words(name) | Self::Number(name) => name,
        }
    }
}

/// The lines of a table below the names of its columns. An empty cell is `-`; a column in which every cell is empty is
/// left out.
pub(super) fn table<const N: usize>(columns: [Column; N], rows: &[[String; N]]) -> Vec<String> {
    let widths: [Option<usize>; N] = std::array::from_fn(|at| {
        let cells = rows.iter().map(|row| row[at].width());
        let widest = cells.max().filter(|widest| *widest > 0)?;
        Some(widest.max(columns[at].name().width()))
    });
    let line = |cells: [&str; N]| {
        let mut line = String::new();
        for ((cell, column), width) in cells.into_iter().zip(columns).zip(widths) {
            let Some(width) = width else { continue };
            let cell = if cell.is_empty() { "-" } else { cell };
            let room = " ".repeat(width.saturating_sub(cell.width()));
            if !line.is_empty() {
                line.push_str("  ");
            }
            match column {
                Column::Words(_) => line.extend([cell, &room]),
                Column::Number(_) => line.extend([&room, cell]),
            }
        }
        line.trim_end().to_owned()
    };
    let heading = line(columns.map(Column::name));
    let rows = rows.iter().map(|row| line(row.each_ref().map(String::as_str)));
    [heading].into_iter().chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them_and_empty_ones_are_left_out() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned);
        let rows = [row(["launch", "6", "", "/a"]), row(["東京", "1000", "", ""])];
        let columns =
            [Column::Words("NAME"), Column::Number("ORDERS"), Column::Words("REGION"), Column::Words("PATH")];
        assert_eq!(
            table(columns, &rows),
            ["NAME    ORDERS  PATH", "launch       6  /a", "東京      1000  -"]
        );
        assert_eq!(table(columns, &[]), [""]);
    }
}
