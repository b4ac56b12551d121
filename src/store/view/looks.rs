//! How each list was looked at, in the file: a table for each under `lists`. A value of another kind than it should be
//! is as good as none; keys that this version does not know stay.

use crate::domain::{CursorPlace, ListView, PhoneNumberOrderId};
use crate::store::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value, value};

const LISTS: &str = "lists";
/// What stands for the cursor on the line of the settled orders.
const SETTLED: &str = "settled";

/// Reads all of it.
pub(super) fn read(document: &DocumentMut) -> BTreeMap<Place, ListView> {
    let lists = document.get(LISTS).and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter);
    lists.filter_map(|(place, item)| Some((Place::parse(place), list(item.as_table_like()?)))).collect()
}

fn list(table: &dyn TableLike) -> ListView {
    let marks = table.get("marks").and_then(Item::as_array).into_iter().flatten().filter_map(Value::as_str);
    let columns = table.get("columns").and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter);
    ListView {
        cursor: text(table.get("cursor")).and_then(|text| match text.as_str() {
            SETTLED => Some(CursorPlace::Settled),
            id => PhoneNumberOrderId::parse(id).ok().map(CursorPlace::Order),
        }),
        above: table.get("above").and_then(Item::as_integer).map_or(0, |above| above.try_into().unwrap_or(0)),
        filter: text(table.get("filter")).unwrap_or_default(),
        sort: text(table.get("sort")),
        direction: text(table.get("direction")),
        columns: columns.filter_map(|(column, item)| Some((column.to_owned(), item.as_bool()?))).collect(),
        settled: text(table.get("settled")),
        marks: Arc::new(marks.filter_map(|id| PhoneNumberOrderId::parse(id).ok()).collect()),
    }
}

fn text(item: Option<&Item>) -> Option<String> {
    item.and_then(Item::as_str).map(str::to_owned)
}

/// Writes all of it over what the document says.
pub(super) fn write(looks: &BTreeMap<Place, ListView>, document: &mut DocumentMut) {
    let item = document.entry(LISTS).or_insert_with(|| Item::Table(Table::new()));
    if !item.is_table() {
        *item = Item::Table(Table::new());
    }
    let Some(lists) = item.as_table_mut() else { return };
    lists.set_implicit(true);
    let known: BTreeMap<String, &ListView> =
        looks.iter().map(|(place, view)| (place.to_string(), view)).collect();
    lists.retain(|place, item| known.contains_key(place) && item.is_table_like());
    for (place, view) in known {
        let item = lists.entry(&place).or_insert_with(|| Item::Table(Table::new()));
        if let Some(table) = item.as_table_like_mut() {
            write_list(view, table);
        }
    }
    // A list that is looked at as at the first start has nothing to remember.
    lists.retain(|_, item| item.as_table_like().is_some_and(|table| !table.is_empty()));
    if lists.is_empty() {
        document.remove(LISTS);
    }
}

fn write_list(view: &ListView, table: &mut dyn TableLike) {
    let cursor = view.cursor.map(|cursor| match cursor {
        CursorPlace::Order(id) => id.to_string(),
        CursorPlace::Settled => SETTLED.to_owned(),
    });
    let above = i64::try_from(view.above).ok().filter(|above| *above > 0);
    set(table, "cursor", cursor);
    set(table, "above", above);
    set(table, "filter", Some(view.filter.as_str()).filter(|filter| !filter.is_empty()));
    set(table, "sort", view.sort.as_deref());
    set(table, "direction", view.direction.as_deref());
    set(table, "settled", view.settled.as_deref());
    let columns: toml_edit::InlineTable =
        view.columns.iter().map(|(column, shown)| (column.as_str(), Value::from(*shown))).collect();
    set(table, "columns", Some(columns).filter(|columns| !columns.is_empty()));
    // Sorted, so that the same marks are the same text.
    let marks: BTreeSet<&str> = view.marks.iter().map(PhoneNumberOrderId::as_str).collect();
    let marks: Array = marks.into_iter().collect();
    set(table, "marks", Some(marks).filter(|marks| !marks.is_empty()));
}

fn set(table: &mut dyn TableLike, key: &str, to: Option<impl Into<Value>>) {
    match to {
        Some(to) => table.insert(key, value(to)),
        None => table.remove(key),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "3f2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";
    const OTHER: &str = "0a2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d";

    fn launch() -> ListView {
        ListView {
            cursor: Some(CursorPlace::Order(ID.parse().unwrap())),
            above: 3,
            filter: "status:failed label:\"toll free\"".into(),
            sort: Some("done".into()),
            direction: Some("descending".into()),
            columns: [("foc".into(), false), ("note".into(), true)].into(),
            settled: Some("shown".into()),
            marks: Arc::new([ID, OTHER].map(|id| id.parse().unwrap()).into()),
        }
    }

    fn looks() -> BTreeMap<Place, ListView> {
        let porting = ListView { cursor: Some(CursorPlace::Settled), ..ListView::default() };
        [(Place::Named("launch".into()), launch()), (Place::parse("/srv/a.toml"), porting)].into()
    }

    #[test]
    fn every_setting_comes_back() {
        let mut document = DocumentMut::new();
        write(&looks(), &mut document);
        assert_eq!(read(&document.to_string().parse().unwrap()), looks());
        write(&BTreeMap::new(), &mut document);
        assert_eq!(document.to_string(), "");
    }

    #[test]
    fn a_bad_value_falls_back_alone_and_unknown_keys_stay() {
        let mut document: DocumentMut = "[lists]\nold = 3\n[lists.launch]\ncursor = 'x'\nabove = -1\n\
             sort = 'done'\nmarks = [5, 'x', '0a2a91c0-77aa-4e0b-9a55-0d1f5e2bc01d']\ncolumns = { foc = 'no', note = true }\nlater = 1\n"
            .parse()
            .unwrap();
        let read = read(&document);
        let expected = ListView {
            sort: Some("done".into()),
            columns: [("note".into(), true)].into(),
            marks: Arc::new([OTHER.parse().unwrap()].into()),
            ..ListView::default()
        };
        assert_eq!(read, [(Place::Named("launch".into()), expected)].into());
        write(&read, &mut document);
        assert!(document.to_string().contains("later = 1"), "{document}");
    }
}
