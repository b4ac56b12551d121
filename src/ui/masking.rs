//! Masks the phone numbers of a finished frame: whatever put one there, none is forgotten.

use crate::domain::masking::masked;
use ratatui::buffer::Buffer;

/// What stands for a cell that holds no single character, such as the second one of a wide one.
const OTHER: char = '\u{0}';

/// Masks every phone number, line by line.
pub(super) fn mask(buffer: &mut Buffer) {
    for y in buffer.area.top()..buffer.area.bottom() {
        let line: String = buffer
            .area
            .columns()
            .map(|column| buffer.cell((column.x, y)).map_or(OTHER, |cell| single(cell.symbol())))
            .collect();
        let after = masked(&line);
        for ((x, before), after) in (buffer.area.left()..).zip(line.chars()).zip(after.chars()) {
            if before != after
                && let Some(cell) = buffer.cell_mut((x, y))
            {
                cell.set_char(after);
            }
        }
    }
}

fn single(symbol: &str) -> char {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => character,
        _ => OTHER,
    }
}
