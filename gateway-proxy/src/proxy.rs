//! A running proxy: what its parts share, and how it begins and ends.

use std::collections::HashSet;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex as StdMutex};
use std::time::Instant;

use arc_swap::ArcSwap;
use gateway_core::ObjectKey;
use gateway_core::model::Object;
use gateway_core::status::ObjectStatus;
use notify::RecommendedWatcher;
use tokio::sync::{Mutex, Semaphore, mpsc, watch};
use tokio::time::timeout;

use crate::config::{Book, Files, State, profile, watch as watch_files};
use crate::error::Error;
use crate::http::Budgets;
use crate::listen::{Sockets, listener};
use crate::metrics::Metrics;
use crate::options::Options;
use crate::upstream::{self, Pool};
use crate::{admin, drain};

/// What the parts of a proxy share.
#[derive(Debug)]
pub(crate) struct Proxy {
    pub(crate) options: Options,
    pub(crate) pool: Arc<Pool>,
    pub(crate) budgets: Budgets,
    pub(crate) metrics: Metrics,
    /// One permit for each connection that there may be.
    pub(crate) room: Arc<Semaphore>,
    state: ArcSwap<State>,
    /// What changes the state holds this.
    book: Mutex<Book>,
    sockets: StdMutex<Sockets>,
    draining: watch::Sender<bool>,
}

/// What a batch of changes came to.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    pub(crate) statuses: Vec<ObjectStatus>,
    pub(crate) removed: Vec<ObjectKey>,
    pub(crate) problems: Vec<String>,
}

impl Proxy {
    /// What is in force now.
    pub(crate) fn state(&self) -> Arc<State> {
        self.state.load_full()
    }

    /// Takes a batch of changes. When this returns the new router is in force, and its sockets are open.
    pub(crate) async fn change(
        self: &Arc<Self>,
        upsert: Vec<Object>,
        remove: &[ObjectKey],
    ) -> Result<Changed, Error> {
        let mut book = self.book.lock().await;
        let started = Instant::now();
        let old = self.state();
        let applied = book.apply(&old, upsert, remove)?;
        let state = Arc::new(applied.state);
        let mut problems = Vec::new();
        let mut closed = Vec::new();
        {
            let mut sockets = self.sockets.lock().expect("no holder of this lock panics");
            if *self.draining.borrow() {
                self.state.store(state);
            } else {
                // What moves from one Gateway to another stays open; what is new is bound before it is needed,
                // and what is gone closes after it was.
                let (bound, failed) = sockets.bind(state.sockets.keys());
                self.state.store(Arc::clone(&state));
                sockets.start(self, bound);
                closed = sockets.retain(|socket| state.sockets.contains_key(socket));
                for failed in failed {
                    let (address, transport) = failed.socket;
                    problems.push(format!("{address} ({transport:?}) cannot be opened: {}", failed.error));
                }
            }
        }
        // The next change may want the address of a socket that closes now.
        for closed in closed {
            if let Err(error) = closed.await {
                tracing::warn!("a listener broke off: {error}");
            }
        }
        for problem in &problems {
            tracing::warn!("{problem}");
        }
        self.metrics.rebuilt(started.elapsed());
        Ok(Changed { statuses: applied.statuses, removed: applied.removed, problems })
    }

    /// All statuses as they were given last.
    pub(crate) async fn statuses(&self) -> Vec<ObjectStatus> {
        self.book.lock().await.statuses().cloned().collect()
    }

    /// Takes no new connections any more, and ends those that are there with what is under way.
    pub(crate) fn drain(&self) {
        self.draining.send_replace(true);
        drop(self.sockets.lock().expect("no holder of this lock panics").retain(|_| false));
    }

    /// Waits until the proxy drains.
    pub(crate) async fn drained(&self) {
        let mut draining = self.draining.subscribe();
        if draining.wait_for(|draining| *draining).await.is_err() {
            pending::<()>().await;
        }
    }
}

/// A proxy that runs. Dropping it leaves it running; [`Running::drain`] ends it.
#[derive(Debug)]
pub struct Running {
    proxy: Arc<Proxy>,
    admin: SocketAddr,
    _watcher: Option<RecommendedWatcher>,
}

/// Starts a proxy. When this returns, its manifests are in force and its sockets are open.
pub async fn start(options: Options) -> Result<Running, Error> {
    if !options.admin.ip().is_loopback() {
        return Err(Error::NotLoopback(options.admin));
    }
    let bound = listener(options.admin);
    let bound = bound.map_err(|error| Error::Bind { address: options.admin, error })?;
    let admin = bound.local_addr()?;
    let (book, state) = Book::new(&options, &profile(&options)?)?;
    let pool = Arc::new(Pool::default());
    let proxy = Arc::new(Proxy {
        pool: Arc::clone(&pool),
        budgets: Budgets::default(),
        metrics: Metrics::new(),
        room: Arc::new(Semaphore::new(options.max_connections.min(Semaphore::MAX_PERMITS))),
        state: ArcSwap::from_pointee(state),
        book: Mutex::new(book),
        sockets: StdMutex::default(),
        draining: watch::Sender::new(false),
        options,
    });
    tokio::spawn(upstream::tidy(Arc::downgrade(&pool)));

    let mut files = Files::new(proxy.options.files.clone());
    let read = files.read()?;
    proxy.change(read.upsert, &read.remove).await?;
    let watcher = if proxy.options.watch && !proxy.options.files.is_empty() {
        let (changed, changes) = mpsc::channel(1);
        let watcher = watch_files(&proxy.options.files, changed)?;
        tokio::spawn(follow(Arc::clone(&proxy), files, changes));
        Some(watcher)
    } else {
        None
    };
    tokio::spawn(admin::serve(Arc::clone(&proxy), bound));
    Ok(Running { proxy, admin, _watcher: watcher })
}

/// Takes what changes in files. What cannot be read changes nothing.
async fn follow(proxy: Arc<Proxy>, mut files: Files, mut changes: mpsc::Receiver<()>) {
    while changes.recv().await.is_some() {
        let read = match files.read() {
            Ok(read) => read,
            Err(error) => {
                tracing::warn!("manifests are not taken: {error}");
                continue;
            }
        };
        let (changed, removed) = (read.upsert.len(), read.remove.len());
        if changed + removed == 0 {
            continue;
        }
        match proxy.change(read.upsert, &read.remove).await {
            Ok(_) => tracing::info!("manifests taken: {changed} new or changed, {removed} gone"),
            Err(error) => tracing::warn!("manifests are not taken: {error}"),
        }
    }
}

impl Running {
    /// Where the admin API listens.
    pub fn admin(&self) -> SocketAddr {
        self.admin
    }

    /// The sockets of Gateways that are open, by address.
    pub fn sockets(&self) -> HashSet<SocketAddr> {
        self.proxy.state().sockets.keys().map(|(address, _)| *address).collect()
    }

    /// Takes no new connections any more; those that are there end with what is under way.
    pub fn drain(&self) {
        self.proxy.drain();
    }

    /// Waits for a signal or a call that ends the proxy, and for its connections to end, as long as the
    /// options say.
    pub async fn wait(&self) {
        tokio::select! {
            () = drain::signalled() => self.proxy.drain(),
            () = self.proxy.drained() => {}
        }
        tracing::info!("no new connections are taken");
        let limit = self.proxy.options.drain_timeout;
        let all = u32::try_from(self.proxy.options.max_connections).unwrap_or(u32::MAX);
        if timeout(limit, self.proxy.room.acquire_many(all)).await.is_ok() {
            tracing::info!("all connections have ended");
        } else {
            tracing::warn!("connections are cut off");
        }
    }
}
