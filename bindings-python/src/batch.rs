//! Decisions as columns, for everything that speaks Arrow.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int32Array, RecordBatch, StringArray, StructArray, UInt16Array,
    UInt32Array,
};
use arrow_schema::{DataType, Field, Schema};
use gateway_ask::{Columns, Words};
use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyIterator, PyList, PyTuple};
use pyo3_arrow::ffi::{ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule};

use crate::errors::InternalError;

/// Decisions as columns.
#[pyclass(frozen, module = "gateway_core")]
pub(crate) struct Batch {
    batch: RecordBatch,
}

impl Batch {
    pub(crate) fn new(columns: Columns) -> PyResult<Self> {
        let Columns { decision, route, rule, backend, status, location, reason, error } = columns;
        let arrays: [(&str, ArrayRef); 8] = [
            ("decision", dictionary(decision)?),
            ("route", dictionary(route)?),
            ("rule", Arc::new(UInt32Array::from(rule))),
            ("backend", dictionary(backend)?),
            ("status", Arc::new(UInt16Array::from(status))),
            ("location", dictionary(location)?),
            ("reason", dictionary(reason)?),
            ("error", dictionary(error)?),
        ];
        let fields: Vec<_> =
            arrays.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
        let arrays = arrays.into_iter().map(|(_, array)| array).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
            .map_err(|error| InternalError::new_err(error.to_string()))?;
        Ok(Self { batch })
    }

    fn cell<'py>(&self, py: Python<'py>, column: usize, row: usize) -> PyResult<Bound<'py, PyAny>> {
        let array = self.batch.column(column);
        if array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        let cell = match array.data_type() {
            DataType::UInt32 => array
                .as_primitive::<arrow_array::types::UInt32Type>()
                .value(row)
                .into_pyobject(py)?
                .into_any(),
            DataType::UInt16 => array
                .as_primitive::<arrow_array::types::UInt16Type>()
                .value(row)
                .into_pyobject(py)?
                .into_any(),
            _ => {
                let words = array.as_dictionary::<Int32Type>();
                let key = words.key(row).unwrap_or_default();
                words.values().as_string::<i32>().value(key).into_pyobject(py)?.into_any()
            }
        };
        Ok(cell)
    }
}

fn dictionary(words: Words) -> PyResult<ArrayRef> {
    let keys = Int32Array::from(words.keys);
    let values = Arc::new(StringArray::from_iter_values(&words.words));
    let array = DictionaryArray::<Int32Type>::try_new(keys, values)
        .map_err(|error| InternalError::new_err(error.to_string()))?;
    Ok(Arc::new(array))
}

#[pymethods]
impl Batch {
    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// A column as a list.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let Ok(column) = self.batch.schema().index_of(name) else {
            return Err(PyKeyError::new_err(name.to_owned()));
        };
        let list = PyList::empty(py);
        for row in 0..self.batch.num_rows() {
            list.append(self.cell(py, column, row)?)?;
        }
        Ok(list)
    }

    /// All columns as lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for name in self.column_names() {
            dict.set_item(&name, self.column(py, &name)?)?;
        }
        Ok(dict)
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyIterator>> {
        let (py, this) = (slf.py(), slf.get());
        let rows = PyList::empty(py);
        for row in 0..this.__len__() {
            rows.append(this.__getitem__(py, isize::try_from(row).unwrap_or(isize::MAX))?)?;
        }
        rows.try_iter()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, row: isize) -> PyResult<Bound<'py, PyDict>> {
        let rows = self.batch.num_rows();
        let index = if row < 0 { rows.checked_add_signed(row) } else { usize::try_from(row).ok() };
        let Some(index) = index.filter(|index| *index < rows) else {
            return Err(PyIndexError::new_err(format!("there are {rows} rows")));
        };
        let dict = PyDict::new(py);
        for (column, name) in self.column_names().into_iter().enumerate() {
            dict.set_item(name, self.cell(py, column, index)?)?;
        }
        Ok(dict)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.batch.schema_ref().as_ref())?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let field = Field::new_struct("", self.batch.schema().fields().clone(), false);
        let array: StructArray = self.batch.clone().into();
        Ok(to_array_pycapsules(py, Arc::new(field), &array, requested_schema)?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let field = Field::new_struct("", self.batch.schema().fields().clone(), false);
        let array: ArrayRef = Arc::new(StructArray::from(self.batch.clone()));
        let stream = ArrayIterator::new([Ok(array)], Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(stream), requested_schema)?)
    }

    fn __repr__(&self) -> String {
        format!("<Batch of {} decisions>", self.batch.num_rows())
    }
}
