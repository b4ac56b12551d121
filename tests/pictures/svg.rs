//! A frame as a picture: one text for each run of cells that look alike, held to its width.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

const CELL: (u32, u32) = (9, 19);
const MARGIN: u32 = 10;
const BACKGROUND: &str = "#17181c";
const FOREGROUND: &str = "#d5d6da";

fn hex(color: Color, default: &'static str) -> &'static str {
    match color {
        Color::Black => "#000000",
        Color::Red | Color::LightRed => "#f0616d",
        Color::Green | Color::LightGreen => "#6fc276",
        Color::Yellow | Color::LightYellow => "#e0b84f",
        Color::Blue | Color::LightBlue => "#6fa3ef",
        Color::Magenta | Color::LightMagenta => "#c78bdb",
        Color::Cyan | Color::LightCyan => "#56b6c2",
        Color::DarkGray => "#82858f",
        Color::Gray | Color::White => "#d5d6da",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => default,
    }
}

fn colors(cell: &Cell) -> (&'static str, &'static str) {
    let (front, back) = (hex(cell.fg, FOREGROUND), hex(cell.bg, BACKGROUND));
    if cell.modifier.contains(Modifier::REVERSED) { (back, front) } else { (front, back) }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The picture of a frame.
pub(crate) fn draw(frame: &Buffer) -> String {
    let (columns, rows) = (u32::from(frame.area.width), u32::from(frame.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"15\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for row in 0..frame.area.height {
        let cells: Vec<_> = (0..frame.area.width).map(|column| frame.cell((column, row)).unwrap()).collect();
        let mut start = 0;
        while start < cells.len() {
            let look = |cell: &Cell| (colors(cell), cell.modifier);
            let alike = cells[start..].iter().take_while(|cell| look(cell) == look(cells[start])).count();
            run(&mut picture, &cells[start..start + alike], u32::try_from(start).unwrap(), row.into());
            start += alike;
        }
    }
    picture.push_str("</svg>\n");
    picture
}

fn run(picture: &mut String, cells: &[&Cell], column: u32, row: u32) {
    let (front, back) = colors(cells[0]);
    let (x, y) = (MARGIN + column * CELL.0, MARGIN + row * CELL.1);
    let width = u32::try_from(cells.len()).unwrap() * CELL.0;
    if back != BACKGROUND {
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
