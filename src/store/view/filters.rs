//! Filters that were saved, in the file: a name and a text each, under `filters`. What is no text stays as it is, and
//! is told.

use crate::domain::{KeptFilters, Text};
use toml_edit::{DocumentMut, Item, Table, TableLike, value};

const FILTERS: &str = "filters";

/// Reads all of them.
pub(super) fn read(document: &DocumentMut) -> KeptFilters {
    let filters = document.get(FILTERS).and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter);
    filters.map(|(name, item)| (Text::new(name), item.as_str().map(Text::new))).collect()
}

/// Writes all of them over what the document says: what is unchanged keeps its form.
pub(super) fn write(filters: &KeptFilters, document: &mut DocumentMut) {
    let has_table = document.get(FILTERS).is_some_and(Item::is_table_like);
    if !has_table && !filters.is_empty() {
        document.insert(FILTERS, Item::Table(Table::new()));
    }
    let Some(table) = document.get_mut(FILTERS).and_then(Item::as_table_like_mut) else { return };
    let gone: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    for name in gone.iter().filter(|name| !filters.contains_key(&Text::new(name))) {
        table.remove(name);
    }
    for (name, filter) in filters {
        let Some(filter) = filter else { continue };
        if table.get(name.raw()).and_then(Item::as_str) != Some(filter.raw()) {
            table.insert(name.raw(), value(filter.raw()));
        }
    }
    if table.is_empty() {
        document.remove(FILTERS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(filters: &[(&str, Option<&str>)]) -> KeptFilters {
        filters.iter().map(|(name, filter)| ((*name).into(), filter.map(Into::into))).collect()
    }

    #[test]
    fn every_filter_comes_back_whatever_its_name_is() {
        let mut document = DocumentMut::new();
        let filters =
            kept(&[("stuck", Some("status:processing age>1h")), ("a.b \"c\" é", Some("label:\"x y\""))]);
        write(&filters, &mut document);
        assert_eq!(read(&document.to_string().parse().unwrap()), filters);
        write(&KeptFilters::new(), &mut document);
        assert_eq!(document.to_string(), "");
    }

    #[test]
    fn what_is_no_text_is_told_and_stays_and_so_does_the_form_of_what_is_unchanged() {
        let text = "[filters]\nodd = 5 # why\nstuck = 'status:processing' # since Friday\nold = \"age>1d\"\n";
        let mut document: DocumentMut = text.parse().unwrap();
        let mut filters = read(&document);
        let expected = kept(&[("odd", None), ("stuck", Some("status:processing")), ("old", Some("age>1d"))]);
        assert_eq!(filters, expected);
        filters.remove(&Text::new("old"));
        filters.insert("new".into(), Some("needs:me".into()));
        write(&filters, &mut document);
        let after =
            "[filters]\nodd = 5 # why\nstuck = 'status:processing' # since Friday\nnew = \"needs:me\"\n";
        assert_eq!(document.to_string(), after);
    }

    #[test]
    fn a_file_of_an_older_version_has_none_and_another_kind_of_value_gives_way_to_the_first_that_is_saved() {
        for text in ["", "tabs = []\n", "filters = 5\n"] {
            let mut document: DocumentMut = text.parse().unwrap();
            assert_eq!(read(&document), KeptFilters::new(), "{text}");
            write(&KeptFilters::new(), &mut document);
            assert_eq!(document.to_string(), text);
            write(&kept(&[("a", Some("b"))]), &mut document);
            assert_eq!(read(&document), kept(&[("a", Some("b"))]), "{text}");
        }
    }
}
