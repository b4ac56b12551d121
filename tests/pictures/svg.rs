//! A frame as a picture: one text for each run of cells that look alike, held to its width.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

const CELL: (u32, u32) = (9, 19);
const MARGIN: u32 = 10;

/// The colours of a terminal: its own two, and the hues of the sixteen.
#[derive(Debug)]
pub(crate) struct Terminal {
    background: &'static str,
    foreground: &'static str,
    black: &'static str,
    red: &'static str,
    green: &'static str,
    yellow: &'static str,
    blue: &'static str,
    magenta: &'static str,
    cyan: &'static str,
    grey: &'static str,
}

pub(crate) const DARK: Terminal = Terminal {
    background: "#17181c",
    foreground: "#d5d6da",
    black: "#000000",
    red: "#f0616d",
    green: "#6fc276",
    yellow: "#e0b84f",
    blue: "#6fa3ef",
    magenta: "#c78bdb",
    cyan: "#56b6c2",
    grey: "#82858f",
};

pub(crate) const LIGHT: Terminal = Terminal {
    background: "#fbfbfa",
    foreground: "#2b2c30",
    black: "#000000",
    red: "#b3202e",
    green: "#2b7a33",
    yellow: "#8a6100",
    blue: "#2456b0",
    magenta: "#8a3aa8",
    cyan: "#0c6f7d",
    grey: "#6b6e77",
};

impl Terminal {
    fn hex(&self, color: Color, default: &'static str) -> &'static str {
        match color {
            Color::Black => self.black,
            Color::Red | Color::LightRed => self.red,
            Color::Green | Color::LightGreen => self.green,
            Color::Yellow | Color::LightYellow => self.yellow,
            Color::Blue | Color::LightBlue => self.blue,
            Color::Magenta | Color::LightMagenta => self.magenta,
            Color::Cyan | Color::LightCyan => self.cyan,
            Color::DarkGray => self.grey,
            Color::Gray | Color::White => self.foreground,
            Color::Reset | Color::Rgb(..) | Color::Indexed(_) => default,
        }
    }

    fn colors(&self, cell: &Cell) -> (&'static str, &'static str) {
        let (front, back) = (self.hex(cell.fg, self.foreground), self.hex(cell.bg, self.background));
        if cell.modifier.contains(Modifier::REVERSED) { (back, front) } else { (front, back) }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The picture of a frame on a terminal.
pub(crate) fn draw(frame: &Buffer, terminal: &Terminal) -> String {
    let background = terminal.background;
    let (columns, rows) = (u32::from(frame.area.width), u32::from(frame.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"15\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{background}\"/>\n"
    );
    for row in 0..frame.area.height {
        let cells: Vec<_> = (0..frame.area.width).map(|column| frame.cell((column, row)).unwrap()).collect();
        let mut start = 0;
        while start < cells.len() {
            let look = |cell: &Cell| (terminal.colors(cell), cell.modifier);
            let alike = cells[start..].iter().take_while(|cell| look(cell) == look(cells[start])).count();
            let place = (u32::try_from(start).unwrap(), row.into());
            run(&mut picture, &cells[start..start + alike], place, terminal);
            start += alike;
        }
    }
    picture.push_str("</svg>\n");
    picture
}

fn run(picture: &mut String, cells: &[&Cell], (column, row): (u32, u32), terminal: &Terminal) {
    let (front, back) = terminal.colors(cells[0]);
    let (x, y) = (MARGIN + column * CELL.0, MARGIN + row * CELL.1);
    let width = u32::try_from(cells.len()).unwrap() * CELL.0;
    if back != terminal.background {
        writeln!(
            picture,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{back}\"/>",
            CELL.1
        )
        .unwrap();
    }
    let text: String = cells.iter().map(|cell| cell.symbol()).collect();
    let shown = text.trim_end();
    if shown.trim().is_empty() {
        return;
    }
    let lead = shown.chars().take_while(|character| *character == ' ').count();
    let modifier = cells[0].modifier;
    let weight = if modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let faint = if modifier.contains(Modifier::DIM) { " fill-opacity=\"0.6\"" } else { "" };
    let x = x + u32::try_from(lead).unwrap() * CELL.0;
    let length = u32::try_from(shown.trim_start().chars().count()).unwrap() * CELL.0;
    writeln!(
        picture,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{length}\" xml:space=\"preserve\" fill=\"{front}\"{weight}{faint}>{}</text>",
        y + 15,
        escape(shown.trim_start()),
    )
    .unwrap();
}
