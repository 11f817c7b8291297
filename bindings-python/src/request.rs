//! Requests as Python says them.

use std::borrow::Cow;

use gateway_ask::{Headers, RequestLine, RequestSpec, ServerName};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyEllipsis, PyMapping, PyString};

use crate::errors::{self, RequestError};

/// The TLS server name: left out, None, or a name.
pub(crate) struct Sni(pub(crate) ServerName);

impl Default for Sni {
    fn default() -> Self {
        Self(ServerName::Host)
    }
}

impl<'py> FromPyObject<'_, 'py> for Sni {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_none() {
            return Ok(Self(ServerName::None));
        }
        if object.cast::<PyEllipsis>().is_ok() {
            return Ok(Self::default());
        }
        Ok(Self(ServerName::Name(object.extract()?)))
    }
}

/// Headers: a mapping of names to one value or several, or pairs.
#[derive(Default)]
pub(crate) struct Pairs(pub(crate) Vec<(String, String)>);

impl<'py> FromPyObject<'_, 'py> for Pairs {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut pairs = Vec::new();
        if object.is_none() {
            return Ok(Self::default());
        }
        if let Ok(dict) = object.cast::<PyDict>() {
            for (name, value) in dict.iter() {
                named(&mut pairs, &name, &value)?;
            }
        } else if let Ok(mapping) = object.cast::<PyMapping>() {
            for item in mapping.items()?.iter() {
                named(&mut pairs, &item.get_item(0)?, &item.get_item(1)?)?;
            }
        } else if object.cast::<PyString>().is_ok() {
            return Err(wrong());
        } else {
            for pair in object.try_iter().map_err(|_| wrong())? {
                pairs.push(self::pair(&pair?)?);
            }
        }
        Ok(Self(pairs))
    }
}

/// A tuple, or a list as JSON readers give it.
fn pair(pair: &Bound<'_, PyAny>) -> PyResult<(String, String)> {
    if let Ok(pair) = pair.extract() {
        return Ok(pair);
    }
    let [name, value]: [String; 2] = pair.extract().map_err(|_| wrong())?;
    Ok((name, value))
}

fn wrong() -> PyErr {
    RequestError::new_err("headers must be a mapping of text to text or lists of text, or pairs of text")
}

fn named(
    pairs: &mut Vec<(String, String)>,
    name: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let name: String = name.extract().map_err(|_| wrong())?;
    if value.cast::<PyString>().is_ok() {
        pairs.push((name, value.extract().map_err(|_| wrong())?));
        return Ok(());
    }
    for value in value.try_iter().map_err(|_| wrong())? {
        pairs.push((name.clone(), value?.extract().map_err(|_| wrong())?));
    }
    Ok(())
}

/// The arguments of [`crate::router::Router`]'s questions.
pub(crate) struct Asked<'a> {
    pub(crate) url: Option<&'a str>,
    pub(crate) method: Option<&'a str>,
    pub(crate) host: Option<&'a str>,
    pub(crate) path: Option<&'a str>,
    pub(crate) query: Option<&'a str>,
    pub(crate) headers: Pairs,
    pub(crate) scheme: Option<&'a str>,
    pub(crate) port: Option<u16>,
    pub(crate) sni: Sni,
    pub(crate) gateway: Option<&'a str>,
    pub(crate) service: Option<&'a str>,
    pub(crate) client_namespace: Option<&'a str>,
    pub(crate) draw: Option<u64>,
}

impl<'a> Asked<'a> {
    /// The request as it is understood; its texts are still Python's.
    pub(crate) fn spec(self) -> PyResult<RequestSpec<Cow<'a, str>>> {
        let line = RequestLine {
            gateway: self.gateway.map(Cow::Borrowed),
            service: self.service.map(Cow::Borrowed),
            client_namespace: self.client_namespace.map(Cow::Borrowed),
            port: self.port,
            sni: self.sni.0,
            scheme: self.scheme.map(Cow::Borrowed),
            method: self.method.map(Cow::Borrowed),
            host: self.host.map(Cow::Borrowed),
            path: self.path.map(Cow::Borrowed),
            query: self.query.map(Cow::Borrowed),
            headers: Headers(self.headers.0),
            draw: self.draw,
            url: self.url.map(Cow::Borrowed),
        };
        line.try_into().map_err(|error| errors::ask(&error))
    }
}
