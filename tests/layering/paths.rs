//! Reads from Rust source every path that leaves its own module.

use proc_macro2::{TokenStream, TokenTree};
use std::fmt;
use std::path::Path;
use syn::visit::{self, Visit};

/// A path that a file uses.
pub(crate) struct Used {
    /// `crate`, or the name of an external crate, or anything else that a path can start with.
    pub root: String,
    /// What comes after the root.
    pub first: Option<String>,
    /// The line it stands on.
    pub line: usize,
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root)?;
        self.first.as_ref().map_or(Ok(()), |first| write!(f, "::{first}"))
    }
}

pub(crate) fn used_in(file: &Path, module: &[String]) -> Vec<Used> {
    used_in_source(&std::fs::read_to_string(file).unwrap(), module)
}

pub(crate) fn used_in_source(source: &str, module: &[String]) -> Vec<Used> {
    let mut reader = Reader { module: module.to_vec(), used: Vec::new() };
    reader.visit_file(&syn::parse_file(source).unwrap());
    reader.used
}

struct Reader {
    module: Vec<String>,
    used: Vec<Used>,
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test"))
    })
}

impl Reader {
    /// Notes a path, `super` and the crate's own name resolved to `crate`.
    fn note(&mut self, segments: &[String], line: usize) {
        let mut segments = segments.to_vec();
        if segments.first().is_some_and(|first| first == "chimewatch") {
            "crate".clone_into(&mut segments[0]);
        }
        let supers = segments.iter().take_while(|segment| *segment == "super").count();
        if supers > 0 {
            let above = self.module.len().saturating_sub(supers);
            let mut resolved = vec!["crate".to_owned()];
            resolved.extend_from_slice(&self.module[..above]);
            resolved.extend_from_slice(&segments[supers..]);
            segments = resolved;
        }
        if let Some((root, rest)) = segments.split_first() {
            self.used.push(Used { root: root.clone(), first: rest.first().cloned(), line });
        }
    }

    fn use_tree(&mut self, tree: &syn::UseTree, before: &[String], line: usize) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => {
                self.use_tree(&path.tree, &with(&path.ident), path.ident.span().start().line);
            }
            syn::UseTree::Name(name) => self.note(&with(&name.ident), name.ident.span().start().line),
            syn::UseTree::Rename(rename) => self.note(&with(&rename.ident), rename.ident.span().start().line),
            syn::UseTree::Glob(_) => self.note(before, line),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.use_tree(item, before, line));
            }
        }
    }

    /// Macros are not parsed: every `a::b::c` among their tokens counts.
    fn tokens(&mut self, stream: TokenStream) {
        let mut segments: Vec<String> = Vec::new();
        let (mut colons, mut line) = (0, 0);
        for token in stream {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end_of_path(&mut segments, line);
                    }
                    line = ident.span().start().line;
                    segments.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !segments.is_empty() => colons += 1,
                other => {
                    self.end_of_path(&mut segments, line);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.end_of_path(&mut segments, line);
    }

    fn end_of_path(&mut self, segments: &mut Vec<String>, line: usize) {
        if segments.len() > 1 {
            self.note(segments, line);
        }
        segments.clear();
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.use_tree(&item.tree, &[], 0);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if is_test(&item.attrs) {
            return;
        }
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !is_test(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let (true, Some(first)) = (segments.len() > 1, path.segments.first()) {
            self.note(&segments, first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    /// What a derive and the like name.
    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(list.tokens.clone());
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.visit_path(&mac.path);
        self.tokens(mac.tokens.clone());
    }
}
