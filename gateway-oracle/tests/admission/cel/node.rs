//! Values of a manifest as the CEL crate sees them. They are shared, not copied, wherever the crate copies.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use cel::ExecutionError;
use cel::common::traits::{Container, Indexer, Iterable, Iterator as ValIterator, Sizer};
use cel::common::types::{CelBool, CelDouble, CelInt, CelNull, CelString, LIST_TYPE, MAP_TYPE, Type};
use cel::common::value::{CowVal, StaticVal, Val};
use serde_json::Value as Json;

use crate::schema::Schema;

/// A value and the values in it.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Null(CelNull),
    Bool(CelBool),
    Int(CelInt),
    Double(CelDouble),
    String(CelString<'static>),
    List(List),
    Map(Map),
}

#[derive(Clone, Debug)]
pub(super) struct List(pub(super) Arc<Vec<Node>>);

/// A map: of an object with named fields, or of any keys.
#[derive(Clone, Debug)]
pub(super) struct Map(pub(super) Arc<Entries>);

#[derive(Debug)]
pub(super) struct Entries {
    pub(super) values: BTreeMap<String, Node>,
    /// The keys as values, in order, to iterate over.
    keys: Vec<Node>,
    /// Whether the names of fields are written the way CEL wants them, such as `__namespace__`.
    is_escaped: bool,
}

impl Node {
    /// The value under its schema.
    pub(super) fn new(value: &Json, schema: Option<&Schema>) -> Self {
        match value {
            Json::Null => Self::Null(CelNull),
            Json::Bool(value) => Self::Bool((*value).into()),
            Json::Number(number) => match number.as_i64() {
                Some(number) => Self::Int(number.into()),
                None => Self::Double(number.as_f64().unwrap().into()),
            },
            Json::String(text) => Self::String(text.clone().into()),
            Json::Array(elements) => {
                let items = schema.and_then(|schema| schema.items.as_deref());
                Self::List(List(Arc::new(elements.iter().map(|element| Self::new(element, items)).collect())))
            }
            Json::Object(fields) => {
                let field = |name: &String| {
                    schema.and_then(|it| it.properties.get(name).or(it.additional.as_deref()))
                };
                let values: BTreeMap<_, _> = fields
                    .iter()
                    .map(|(name, value)| (name.clone(), Self::new(value, field(name))))
                    .collect();
                let is_escaped = schema.is_some_and(|schema| schema.additional.is_none());
                let keys = if is_escaped { Vec::new() } else { keys(&values) };
                Self::Map(Map(Arc::new(Entries { values, keys, is_escaped })))
            }
        }
    }

    pub(super) fn as_val(&self) -> &(dyn Val + 'static) {
        match self {
            Self::Null(value) => value,
            Self::Bool(value) => value,
            Self::Int(value) => value,
            Self::Double(value) => value,
            Self::String(value) => value,
            Self::List(value) => value,
            Self::Map(value) => value,
        }
    }
}

fn keys(values: &BTreeMap<String, Node>) -> Vec<Node> {
    values.keys().map(|key| Node::String(key.clone().into())).collect()
}

/// The name of a field as a manifest writes it. Words that CEL reserves stand between underscores; no field
/// of these CRDs needs more of the escaping of Kubernetes.
fn unescaped(name: &str) -> &str {
    name.strip_prefix("__").and_then(|name| name.strip_suffix("__")).unwrap_or(name)
}

impl Map {
    fn find(&self, key: &dyn Val) -> Result<&Node, ExecutionError> {
        let Some(key) = key.downcast_ref::<CelString<'_>>() else {
            return Err(ExecutionError::no_such_overload("_[_]", vec!["map".to_owned()]));
        };
        let name = if self.0.is_escaped { unescaped(key.inner()) } else { key.inner() };
        self.0.values.get(name).ok_or_else(|| ExecutionError::no_such_key(key.inner()))
    }
}

impl Val for Map {
    fn get_type(&self) -> &Type {
        &MAP_TYPE
    }

    fn cel_type() -> &'static Type {
        &MAP_TYPE
    }

    fn as_container(&self) -> Option<&dyn Container> {
        Some(self)
    }

    fn as_indexer<'b, 'v>(&'b self) -> Option<&'b (dyn Indexer + 'v)>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn as_iterable<'b, 'v>(&'b self) -> Option<&'b (dyn Iterable + 'v)>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn as_sizer(&self) -> Option<&dyn Sizer> {
        Some(self)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl StaticVal for Map {}

impl Container for Map {
    fn contains(&self, key: &dyn Val) -> Result<bool, ExecutionError> {
        Ok(self.find(key).is_ok())
    }
}

impl Indexer for Map {
    fn get<'b, 'v>(&'b self, key: &dyn Val) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        self.find(key).map(|node| CowVal::Borrowed(node.as_val()))
    }

    fn steal<'v>(self: Box<Self>, key: &dyn Val) -> Result<Box<dyn Val + 'v>, ExecutionError>
    where
        Self: 'v,
    {
        self.find(key).map(|node| node.as_val().clone_as_boxed())
    }
}

impl Iterable for Map {
    fn iter<'b, 'v>(&'b self) -> Box<dyn ValIterator<'b, 'v> + 'b>
    where
        Self: 'v,
    {
        Box::new(Nodes(self.0.keys.iter()))
    }
}

impl Sizer for Map {
    fn size(&self) -> CelInt {
        size(self.0.values.len())
    }
}

impl Val for List {
    fn get_type(&self) -> &Type {
        &LIST_TYPE
    }

    fn cel_type() -> &'static Type {
        &LIST_TYPE
    }

    fn as_container(&self) -> Option<&dyn Container> {
        Some(self)
    }

    fn as_indexer<'b, 'v>(&'b self) -> Option<&'b (dyn Indexer + 'v)>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn as_iterable<'b, 'v>(&'b self) -> Option<&'b (dyn Iterable + 'v)>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn as_sizer(&self) -> Option<&dyn Sizer> {
        Some(self)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl StaticVal for List {}

impl Container for List {
    fn contains(&self, value: &dyn Val) -> Result<bool, ExecutionError> {
        Ok(self.0.iter().any(|node| node.as_val().equals(value)))
    }
}

impl List {
    fn find(&self, index: &dyn Val) -> Result<&Node, ExecutionError> {
        let Some(index) = index.downcast_ref::<CelInt>() else {
            return Err(ExecutionError::no_such_overload("_[_]", vec!["list".to_owned()]));
        };
        let node = usize::try_from(*index.inner()).ok().and_then(|index| self.0.get(index));
        node.ok_or_else(|| ExecutionError::IndexOutOfBounds((*index.inner()).into()))
    }
}

impl Indexer for List {
    fn get<'b, 'v>(&'b self, index: &dyn Val) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        self.find(index).map(|node| CowVal::Borrowed(node.as_val()))
    }

    fn steal<'v>(self: Box<Self>, index: &dyn Val) -> Result<Box<dyn Val + 'v>, ExecutionError>
    where
        Self: 'v,
    {
        self.find(index).map(|node| node.as_val().clone_as_boxed())
    }
}

impl Iterable for List {
    fn iter<'b, 'v>(&'b self) -> Box<dyn ValIterator<'b, 'v> + 'b>
    where
        Self: 'v,
    {
        Box::new(Nodes(self.0.iter()))
    }
}

impl Sizer for List {
    fn size(&self) -> CelInt {
        size(self.0.len())
    }
}

struct Nodes<'b>(std::slice::Iter<'b, Node>);

impl<'b, 'v> ValIterator<'b, 'v> for Nodes<'b> {
    fn next(&mut self) -> Option<&'b (dyn Val + 'v)> {
        self.0.next().map(Node::as_val)
    }
}

fn size(length: usize) -> CelInt {
    i64::try_from(length).unwrap().into()
}
