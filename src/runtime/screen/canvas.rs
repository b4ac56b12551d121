//! Frames as bytes: what the screen showed, what it shall show, and the way from one to the other.
//!
//! ratatui's `Terminal` is left out on purpose: it asks for the terminal's size, for which crossterm may start `tput`,
//! and it writes a few bytes even for a frame that changes nothing.

use crate::app::model::Size;
use crossterm::queue;
use crossterm::style::force_color_output;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io;

/// What the terminal shows, and the next frame.
#[derive(Debug)]
pub struct Canvas {
    shown: Buffer,
    next: Buffer,
    memory: Memory,
}

/// Whether the terminal shows what we think.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Memory {
    Sure,
    Lost,
}

impl Canvas {
    /// A screen of which nothing is known.
    pub fn blank() -> Self {
        // The theme alone decides about colours. With NO_COLOR set, crossterm would write a colour as `CSI ; m`,
        // which takes bold and reverse away.
        force_color_output(true);
        Self { shown: Buffer::default(), next: Buffer::default(), memory: Memory::Lost }
    }

    /// Draws a frame of `size`. Returns what `render` says, and the bytes that turn the last frame into this one as
    /// one synchronized update; none when nothing has changed.
    ///
    /// # Errors
    /// None in fact: bytes are collected in memory.
    pub fn draw<T>(
        &mut self,
        size: Size,
        render: impl FnOnce(&mut Buffer) -> T,
    ) -> io::Result<(T, Option<Vec<u8>>)> {
        let area = Rect::new(0, 0, size.width, size.height);
        if self.shown.area != area {
            self.memory = Memory::Lost;
        }
        self.next.resize(area);
        self.next.reset();
        let rendered = render(&mut self.next);
        let frame = self.update()?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok((rendered, frame))
    }

    /// Forgets what the terminal shows: the next frame clears it and writes everything.
    pub fn forget(&mut self) {
        self.memory = Memory::Lost;
    }

    fn update(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        queue!(bytes, BeginSynchronizedUpdate)?;
        if self.memory == Memory::Lost {
            self.shown.resize(self.next.area);
            self.shown.reset();
            queue!(bytes, Clear(ClearType::All))?;
        }
        let mut changes = self.shown.diff_iter(&self.next).peekable();
        if changes.peek().is_none() && self.memory == Memory::Sure {
            return Ok(None);
        }
        CrosstermBackend::new(&mut bytes).draw(changes)?;
        queue!(bytes, EndSynchronizedUpdate)?;
        self.memory = Memory::Sure;
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::widgets::Widget;

    const SMALL: Size = Size { width: 10, height: 2 };

    fn frame(canvas: &mut Canvas, size: Size) -> Option<Vec<u8>> {
        let hello = |buffer: &mut Buffer| {
            if !buffer.area.is_empty() {
                "hello".render(buffer.area, buffer);
            }
        };
        canvas.draw(size, hello).unwrap().1
    }

    /// What a terminal of `size` shows that held `before` and took `frame`.
    fn shown(size: Size, before: &[u8], frame: &[u8]) -> String {
        let mut terminal =
            vt100::Parser::new(size.height.try_into().unwrap(), size.width.try_into().unwrap(), 0);
        terminal.process(before);
        terminal.process(frame);
        terminal.screen().contents()
    }

    #[test]
    fn a_frame_shows_what_was_drawn_and_an_equal_one_is_no_bytes() {
        let mut canvas = Canvas::blank();
        let first = frame(&mut canvas, SMALL).unwrap();
        assert_eq!(shown(SMALL, b"left over", &first), "hello");
        assert_eq!(frame(&mut canvas, SMALL), None);
    }

    #[test]
    fn another_size_and_a_forgotten_screen_are_drawn_whole() {
        let mut canvas = Canvas::blank();
        frame(&mut canvas, SMALL).unwrap();
        let wider = Size { width: 12, height: 3 };
        let resized = frame(&mut canvas, wider).unwrap();
        assert_eq!(shown(wider, b"left over", &resized), "hello");
        canvas.forget();
        let again = frame(&mut canvas, wider).unwrap();
        assert_eq!(shown(wider, b"left over", &again), "hello");
    }

    #[test]
    fn every_size_is_drawn_down_to_nothing() {
        let mut canvas = Canvas::blank();
        for (width, height) in (0..4).flat_map(|width| (0..4).map(move |height| (width, height))) {
            assert!(frame(&mut canvas, Size { width, height }).is_some(), "{width}x{height}");
        }
    }
}
