//! Sends a body in the manner that its delivery asks for.

use std::collections::VecDeque;
use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use super::answer::Delivery;

const FINEST_PAUSE: Duration = Duration::from_millis(2);

/// The bytes of an answer, as hyper asks for them.
#[derive(Debug)]
pub(super) struct AnswerBody {
    pieces: VecDeque<Bytes>,
    length: Option<u64>,
    pause: Option<Pause>,
    end: End,
}

#[derive(Debug)]
struct Pause {
    between: Duration,
    current: Pin<Box<Sleep>>,
}

/// What comes after the last piece.
#[derive(Debug)]
enum End {
    Complete,
    /// One more turn, so that what was written leaves the buffer, then the connection breaks.
    FlushThenBreak,
    Break,
}

impl AnswerBody {
    /// Must be called within the runtime: a drip holds a timer.
    pub(super) fn new(body: Vec<u8>, delivery: Delivery) -> Self {
        let length = u64::try_from(body.len()).ok();
        let whole = Bytes::from(body);
        let at_once =
            |pieces: VecDeque<Bytes>, length| Self { pieces, length, pause: None, end: End::Complete };
        match delivery {
            Delivery::AtOnce | Delivery::After(_) | Delivery::Never => at_once([whole].into(), length),
            Delivery::Chunked => at_once([whole].into(), None),
            Delivery::Half => {
                let half = whole.slice(..whole.len() / 2);
                Self { end: End::FlushThenBreak, ..at_once([half].into(), length) }
            }
            Delivery::Close => Self { end: End::Break, ..at_once(VecDeque::new(), length) },
            Delivery::Drip(over) => {
                let pieces = pieces(&whole, over);
                let between = over / u32::try_from(pieces.len().max(1)).unwrap_or(u32::MAX);
                let pause = Some(Pause { between, current: Box::pin(sleep(between)) });
                Self { pause, ..at_once(pieces, length) }
            }
        }
    }
}

/// Single bytes if there is time for that, else larger pieces: a timer does not go finer.
fn pieces(whole: &Bytes, over: Duration) -> VecDeque<Bytes> {
    let most = usize::try_from(over.as_millis() / FINEST_PAUSE.as_millis()).unwrap_or(usize::MAX).max(1);
    let size = whole.len().div_ceil(most).max(1);
    (0..whole.len()).step_by(size).map(|start| whole.slice(start..whole.len().min(start + size))).collect()
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(pause) = &mut self.pause {
            std::task::ready!(pause.current.as_mut().poll(context));
            pause.current = Box::pin(sleep(pause.between));
        }
        if let Some(piece) = self.pieces.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        match self.end {
            End::Complete => Poll::Ready(None),
            End::FlushThenBreak => {
                self.end = End::Break;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Break => Poll::Ready(Some(Err(io::Error::other("the connection breaks on demand")))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
