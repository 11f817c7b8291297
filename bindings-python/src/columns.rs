//! Tables of requests: Arrow data, or sequences of text.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt64Type;
use arrow_array::{
    Array, ArrayRef, LargeStringArray, RecordBatch, RecordBatchReader, StringArray, StringViewArray,
    StructArray, UInt64Array,
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use gateway_ask::{AskError, Columns, Row, Table, TableOptions};
use gateway_core::Router;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use pyo3_arrow::input::AnyRecordBatch;

use crate::errors::RequestError;
use crate::request::Pairs;

/// The columns of text, in the order of the arguments.
const TEXTS: [&str; 5] = ["url", "method", "host", "path", "query"];

/// An argument: the same text for all rows, or one for each.
pub(crate) enum Argument {
    All(String),
    Each(StringArray),
}

impl<'py> FromPyObject<'_, 'py> for Argument {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match object.cast::<PyString>() {
            Ok(text) => Ok(Self::All(text.to_cow()?.into_owned())),
            Err(_) => texts(&object).map(Self::Each),
        }
    }
}

/// A sequence of texts, as a column.
fn texts(sequence: &Bound<'_, PyAny>) -> PyResult<StringArray> {
    let mut column = arrow_array::builder::StringBuilder::new();
    for (index, text) in sequence.try_iter()?.enumerate() {
        let text = text?;
        if text.is_none() {
            column.append_null();
            continue;
        }
        let Ok(text) = text.cast::<PyString>() else {
            return Err(PyTypeError::new_err(format!("item {index} is neither text nor None")));
        };
        column.append_value(&*text.to_cow()?);
    }
    Ok(column.finish())
}

/// The headers of requests.
enum Headers {
    /// Those of a column, if there is one.
    Column,
    All(Pairs),
    Each(Vec<Pairs>),
}

/// Requests as they were handed over.
pub(crate) struct Requests {
    batches: Vec<RecordBatch>,
    same: [Option<String>; 5],
    headers: Headers,
}

impl Requests {
    pub(crate) fn read(
        requests: Option<&Bound<'_, PyAny>>,
        arguments: [Option<Argument>; 5],
        headers: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let headers = match headers {
            None => Headers::Column,
            Some(one) if one.cast::<PyDict>().is_ok() => Headers::All(one.extract()?),
            Some(each) => Headers::Each(each.try_iter()?.map(|one| one?.extract()).collect::<PyResult<_>>()?),
        };
        let (mut batches, mut same) = (Vec::new(), [const { None }; 5]);
        let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
        match requests {
            None => {}
            Some(requests) if is_arrow(requests)? => {
                let reader = requests.extract::<AnyRecordBatch>()?.into_reader()?;
                batches = read_all(reader).map_err(|error| RequestError::new_err(error.to_string()))?;
            }
            Some(requests) if requests.cast::<PyString>().is_ok() => {
                return Err(PyTypeError::new_err("requests is one text: pass a list of URLs, or a table"));
            }
            Some(urls) => columns.push(("url", Arc::new(texts(urls)?))),
        }
        for ((name, argument), same) in TEXTS.into_iter().zip(arguments).zip(&mut same) {
            match argument {
                None => {}
                Some(Argument::All(text)) => *same = Some(text),
                Some(Argument::Each(column)) => columns.push((name, Arc::new(column))),
            }
        }
        if !columns.is_empty() {
            if !batches.is_empty() {
                return Err(PyTypeError::new_err("pass either a table or columns of text, not both"));
            }
            batches.push(batch(columns)?);
        }
        let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
        if let Headers::Each(headers) = &headers
            && headers.len() != rows
        {
            let why = format!("there are {} headers for {rows} requests", headers.len());
            return Err(RequestError::new_err(why));
        }
        Ok(Self { batches, same, headers })
    }

    pub(crate) fn answer(&self, router: &Router, options: TableOptions) -> Result<Columns, AskError> {
        let mut table = Table::new(router, options)?;
        let mut start = 0;
        for batch in &self.batches {
            self.answer_batch(&mut table, batch, start)?;
            start += batch.num_rows();
        }
        Ok(table.finish())
    }

    fn answer_batch(&self, table: &mut Table<'_>, batch: &RecordBatch, start: usize) -> Result<(), AskError> {
        let mut texts = [const { Text::Nothing }; 5];
        for (text, name) in texts.iter_mut().zip(TEXTS) {
            *text = Text::named(batch, name)?;
        }
        let [url, method, host, path, query] = &texts;
        let same = self.same.each_ref().map(Option::as_deref);
        let (ports, draws) = (numbers(batch, "port")?, numbers(batch, "draw")?);
        let column = match self.headers {
            Headers::Column => HeaderColumn::of(batch)?,
            _ => None,
        };
        let mut headers: Vec<(&[u8], &[u8])> = Vec::new();
        for index in 0..batch.num_rows() {
            headers.clear();
            match (&self.headers, &column) {
                (Headers::All(pairs), _) => extend(&mut headers, pairs),
                (Headers::Each(each), _) => {
                    if let Some(pairs) = each.get(start + index) {
                        extend(&mut headers, pairs);
                    }
                }
                (Headers::Column, Some(column)) => column.extend(index, &mut headers),
                (Headers::Column, None) => {}
            }
            let number = |column: &Option<UInt64Array>| {
                column.as_ref().filter(|column| column.is_valid(index)).map(|column| column.value(index))
            };
            let row = Row {
                url: url.get(index).or(same[0]),
                method: method.get(index).or(same[1]),
                host: host.get(index).or(same[2]),
                path: path.get(index).or(same[3]),
                query: query.get(index).or(same[4]),
                port: number(&ports).map(|port| u16::try_from(port).unwrap_or_default()),
                draw: number(&draws),
            };
            table.row(&row, &headers);
        }
        Ok(())
    }
}

fn extend<'a>(headers: &mut Vec<(&'a [u8], &'a [u8])>, pairs: &'a Pairs) {
    headers.extend(pairs.0.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())));
}

fn is_arrow(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(object.hasattr("__arrow_c_stream__")? || object.hasattr("__arrow_c_array__")?)
}

fn read_all(reader: Box<dyn RecordBatchReader + Send>) -> Result<Vec<RecordBatch>, ArrowError> {
    reader.collect()
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> PyResult<RecordBatch> {
    if columns
        .iter()
        .enumerate()
        .any(|(index, (name, _))| columns[..index].iter().any(|(one, _)| one == name))
    {
        return Err(RequestError::new_err("`url` is there twice"));
    }
    let fields: Vec<_> = columns.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, true)).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map_err(|_| RequestError::new_err("the columns do not have the same length"))
}

/// A column of text, in one of its layouts.
enum Text {
    Nothing,
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

impl Text {
    fn named(batch: &RecordBatch, name: &str) -> Result<Self, AskError> {
        batch.column_by_name(name).map_or(Ok(Self::Nothing), |array| Self::of(array, name))
    }

    fn of(array: &ArrayRef, name: &str) -> Result<Self, AskError> {
        match array.data_type() {
            DataType::Null => Ok(Self::Nothing),
            DataType::Utf8 => Ok(Self::Small(array.as_string().clone())),
            DataType::LargeUtf8 => Ok(Self::Large(array.as_string().clone())),
            DataType::Utf8View => Ok(Self::View(array.as_string_view().clone())),
            DataType::Dictionary(_, values) if values.is_string() => match cast(array, &DataType::Utf8) {
                Ok(array) => Ok(Self::Small(array.as_string().clone())),
                Err(error) => Err(AskError::Request(format!("column `{name}`: {error}"))),
            },
            other => Err(AskError::Request(format!("column `{name}` has type {other}; it must be text"))),
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Small(array) => array.is_valid(index).then(|| array.value(index)),
            Self::Large(array) => array.is_valid(index).then(|| array.value(index)),
            Self::View(array) => array.is_valid(index).then(|| array.value(index)),
        }
    }
}

/// A column of whole numbers.
fn numbers(batch: &RecordBatch, name: &str) -> Result<Option<UInt64Array>, AskError> {
    let Some(array) = batch.column_by_name(name) else { return Ok(None) };
    if !array.data_type().is_integer() && *array.data_type() != DataType::Null {
        let found = array.data_type();
        return Err(AskError::Request(format!(
            "column `{name}` has type {found}; it must be a whole number"
        )));
    }
    let numbers = cast(array, &DataType::UInt64)
        .map_err(|error| AskError::Request(format!("column `{name}`: {error}")))?;
    Ok(Some(numbers.as_primitive::<UInt64Type>().clone()))
}

/// A column of headers: a map, or a list of pairs.
struct HeaderColumn {
    lists: ArrayRef,
    names: Text,
    values: Text,
}

impl HeaderColumn {
    fn of(batch: &RecordBatch) -> Result<Option<Self>, AskError> {
        let Some(lists) = batch.column_by_name("headers") else { return Ok(None) };
        let wrong = || {
            let found = lists.data_type();
            let why = format!(
                "column `headers` has type {found}; it must be a map, or a list of structs of name and value"
            );
            AskError::Request(why)
        };
        let pairs: &StructArray = match lists.data_type() {
            DataType::Null => return Ok(None),
            DataType::Map(..) => lists.as_map().entries(),
            DataType::List(_) => lists.as_list::<i32>().values().as_struct_opt().ok_or_else(wrong)?,
            DataType::LargeList(_) => lists.as_list::<i64>().values().as_struct_opt().ok_or_else(wrong)?,
            _ => return Err(wrong()),
        };
        let [names, values] = pairs.columns() else { return Err(wrong()) };
        let (names, values) = (Text::of(names, "headers")?, Text::of(values, "headers")?);
        Ok(Some(Self { lists: Arc::clone(lists), names, values }))
    }

    fn extend<'a>(&'a self, index: usize, headers: &mut Vec<(&'a [u8], &'a [u8])>) {
        if self.lists.is_null(index) {
            return;
        }
        let pair = |at: usize| {
            let name = self.names.get(at)?;
            Some((name.as_bytes(), self.values.get(at).unwrap_or_default().as_bytes()))
        };
        headers.extend(self.range(index).filter_map(pair));
    }

    /// The pairs of a row.
    fn range(&self, index: usize) -> std::ops::Range<usize> {
        let at = |offset: i64| usize::try_from(offset).unwrap_or_default();
        match self.lists.data_type() {
            DataType::Map(..) => {
                let offsets = self.lists.as_map().value_offsets();
                at(offsets[index].into())..at(offsets[index + 1].into())
            }
            DataType::LargeList(_) => {
                let offsets = self.lists.as_list::<i64>().value_offsets();
                at(offsets[index])..at(offsets[index + 1])
            }
            _ => {
                let offsets = self.lists.as_list::<i32>().value_offsets();
                at(offsets[index].into())..at(offsets[index + 1].into())
            }
        }
    }
}
