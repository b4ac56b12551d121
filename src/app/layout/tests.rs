use super::*;
use crate::app::columns::{COLUMNS, Choice};

fn list(width: u16, height: u16) -> Layout {
    layout(Size { width, height }, Kind::List, Needs::default())
}

fn areas(layout: &Layout) -> Vec<Area> {
    let Layout { tabs, totals, card, heading, rows, divider, side, rule, activity, lesson, footer, .. } =
        *layout;
    [tabs, totals, card, heading, rows, divider, side, rule, activity, lesson, footer]
        .into_iter()
        .filter(|area| !area.is_empty())
        .collect()
}

#[test]
fn what_has_no_room_is_left_out_in_the_order_of_its_worth() {
    let stands = |width, height| {
        let layout = list(width, height);
        [layout.tabs, layout.totals, layout.heading, layout.rows, layout.side, layout.activity, layout.footer]
            .map(|area| if area.is_empty() { '-' } else { '#' })
            .iter()
            .collect::<String>()
    };
    let cases = [
        (110, 30, "#######"),
        (109, 30, "####-##"),
        (110, 19, "#####-#"),
        (80, 24, "####-##"),
        (80, 19, "####--#"),
        (80, 11, "-###--#"),
        (80, 7, "---#---"),
        (20, 5, "---#---"),
        (19, 5, "-------"),
        (20, 4, "-------"),
        (0, 0, "-------"),
    ];
    for (width, height, expected) in cases {
        assert_eq!(stands(width, height), expected, "{width}x{height}");
    }
}

#[test]
fn areas_cover_every_cell_once_at_every_size() {
    for kind in [Kind::List, Kind::Order, Kind::Numbers, Kind::Activity] {
        for width in (20..300).step_by(7) {
            for height in 5..60 {
                for card in [0, 9] {
                    let layout = layout(
                        Size { width, height },
                        kind,
                        Needs { card, lesson: 1, place: 12, ..Needs::default() },
                    );
                    let cells: usize = areas(&layout)
                        .iter()
                        .map(|area| usize::from(area.width) * usize::from(area.height))
                        .sum();
                    assert_eq!(cells, usize::from(width) * usize::from(height), "{kind:?} {width}x{height}");
                    assert!(layout.rows.height > 0, "{kind:?} {width}x{height}");
                }
            }
        }
    }
}

#[test]
fn columns_stand_one_after_the_other_and_never_beyond_the_line() {
    for width in 20..=300 {
        for place in [0, 9, 14, 30] {
            for all in [Choice::Unchosen, Choice::Shown, Choice::Hidden] {
                let mut chosen = Choices::default();
                for spec in &COLUMNS {
                    chosen.set(spec.column, all);
                }
                let needs = Needs { place, chosen, ..Needs::default() };
                let layout = layout(Size { width, height: 24 }, Kind::List, needs);
                let mut end = layout.columns.gutter.end();
                for spec in &COLUMNS {
                    let span = layout.columns.of(spec.column);
                    assert!(span.x >= end, "{width} {span:?}");
                    end = span.end();
                }
                assert!(end <= layout.rows.width, "{width}");
                let Columns { name, done, .. } = layout.columns;
                assert!(name.width > 0 && (done.width > 0) == (all != Choice::Hidden), "{width}");
            }
        }
    }
}

#[test]
fn the_drawn_width_holds_a_derived_name_whole() {
    let columns = list(110, 30).columns;
    assert_eq!((columns.wording, columns.name.width), (Wording::Whole, 19));
}
