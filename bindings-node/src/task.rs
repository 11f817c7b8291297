//! Work on a thread of libuv's pool.

use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};

use crate::failure::{Failure, guard};

/// What is to be done there.
type Job<T> = Box<dyn FnOnce() -> Result<T, Failure> + Send>;

/// Work whose result is a promise.
pub struct Work<T>(Option<Job<T>>);

/// Queues work.
pub(crate) fn later<T>(job: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> AsyncTask<Work<T>>
where
    T: Send + ToNapiValue + TypeName + 'static,
{
    AsyncTask::new(Work(Some(Box::new(job))))
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Work<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        let job = self.0.take();
        guard(|| job.map_or_else(|| Err(Failure::Panic("done twice".to_owned())), |job| job()))
    }

    fn resolve(&mut self, _: Env, output: T) -> napi::Result<T> {
        Ok(output)
    }
}
