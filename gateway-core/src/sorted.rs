//! A sorted list in pieces: its copies share every piece that is the same in both, so that copying one,
//! changing a few elements and finding the differences cost what differs, not what is there.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::iter::FlatMap;
use core::slice;

/// What a [`Sorted`] list is sorted by.
pub trait Keyed {
    /// The key: no two elements of a list have the same.
    type Key: Ord;
    /// Elements of a piece, at most. Small pieces cost more of them, large ones more for each change.
    const PIECE: usize = 256;

    /// The element's key.
    fn key(&self) -> &Self::Key;
}

impl<T: Keyed> Keyed for Arc<T> {
    type Key = T::Key;
    const PIECE: usize = T::PIECE;

    fn key(&self) -> &Self::Key {
        (**self).key()
    }
}

/// A sorted list whose copies share what they have in common.
#[derive(Clone, Debug)]
pub struct Sorted<T> {
    /// No piece is empty.
    pieces: Arc<Vec<Arc<Vec<T>>>>,
    length: usize,
}

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self { pieces: Arc::default(), length: 0 }
    }
}

/// Elements in order.
pub type Iter<'a, T> =
    FlatMap<slice::Iter<'a, Arc<Vec<T>>>, slice::Iter<'a, T>, fn(&'a Arc<Vec<T>>) -> slice::Iter<'a, T>>;

impl<'a, T> IntoIterator for &'a Sorted<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Sorted<T> {
    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// All elements in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.pieces.iter().flat_map(|piece| piece.iter())
    }

    /// Whether both are copies of one list, unchanged since.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.pieces, &other.pieces) || (self.is_empty() && other.is_empty())
    }
}

impl<T: Keyed> Sorted<T> {
    /// The piece where a key is, or would be.
    fn piece_of(&self, key: &T::Key) -> usize {
        self.pieces.partition_point(|piece| piece.last().is_some_and(|last| last.key() < key))
    }

    /// The element of a key.
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        self.find(|known| known.cmp(key))
    }

    /// The element whose key compares as equal; `compare` must be in order, as for a binary search.
    pub fn find(&self, compare: impl Fn(&T::Key) -> Ordering) -> Option<&T> {
        let is_before = |piece: &Arc<Vec<T>>| piece.last().is_some_and(|last| compare(last.key()).is_lt());
        let piece = self.pieces.get(self.pieces.partition_point(is_before))?;
        let index = piece.binary_search_by(|one| compare(one.key())).ok()?;
        piece.get(index)
    }

    /// The elements from a key on, in order.
    pub fn starting_at<'a>(&'a self, key: &T::Key) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let start = self.piece_of(key);
        let first = self.pieces.get(start).map_or(&[][..], |piece| {
            let index = piece.partition_point(|one| one.key() < key);
            piece.get(index..).unwrap_or_default()
        });
        let rest = self.pieces.get(start + 1..).unwrap_or_default();
        first.iter().chain(rest.iter().flat_map(|piece| piece.iter()))
    }

    /// Calls `each` with what is not the same in an older list, in order: what was there, and what is.
    /// Of two elements with one key `same` decides.
    pub fn differences<'a>(
        &'a self,
        old: &'a Self,
        same: impl Fn(&T, &T) -> bool,
        mut each: impl FnMut(Option<&'a T>, Option<&'a T>),
    ) {
        if self.is_same(old) {
            return;
        }
        let (mut before, mut after) = (Walk::new(&old.pieces), Walk::new(&self.pieces));
        loop {
            while before.skip_shared(&mut after) {}
            match (before.peek(), after.peek()) {
                (None, None) => return,
                (Some(one), other) if other.is_none_or(|other| one.key() < other.key()) => {
                    each(Some(one), None);
                    before.step();
                }
                (Some(one), Some(other)) if one.key().cmp(other.key()) == Ordering::Equal => {
                    if !same(one, other) {
                        each(Some(one), Some(other));
                    }
                    before.step();
                    after.step();
                }
                (_, other) => {
                    each(None, other);
                    after.step();
                }
            }
        }
    }
}

impl<T: Keyed + Clone> Sorted<T> {
    /// A list of elements in any order; of those with the same key the first stays.
    pub fn new(mut elements: Vec<T>) -> Self {
        elements.sort_by(|one, other| one.key().cmp(other.key()));
        elements.dedup_by(|one, other| one.key() == other.key());
        let length = elements.len();
        // Not full, so that the next few elements fit in.
        let size = T::PIECE * 3 / 4;
        let mut pieces = Vec::with_capacity(length.div_ceil(size));
        let mut elements = elements.into_iter();
        loop {
            let piece: Vec<_> = elements.by_ref().take(size).collect();
            if piece.is_empty() {
                return Self { pieces: Arc::new(pieces), length };
            }
            pieces.push(Arc::new(piece));
        }
    }

    /// Adds an element, or replaces the one with its key.
    pub fn insert(&mut self, element: T) {
        let at = self.piece_of(element.key()).min(self.pieces.len().saturating_sub(1));
        let pieces = Arc::make_mut(&mut self.pieces);
        let Some(piece) = pieces.get_mut(at) else {
            pieces.push(Arc::new(alloc::vec![element]));
            self.length = 1;
            return;
        };
        let piece = Arc::make_mut(piece);
        match piece.binary_search_by(|one| one.key().cmp(element.key())) {
            Ok(index) => piece[index] = element,
            Err(index) => {
                piece.insert(index, element);
                self.length += 1;
                if piece.len() > T::PIECE {
                    let second = piece.split_off(piece.len() / 2);
                    pieces.insert(at + 1, Arc::new(second));
                }
            }
        }
    }

    /// Takes an element out.
    pub fn remove(&mut self, key: &T::Key) -> Option<T> {
        let at = self.piece_of(key);
        let index = self.pieces.get(at)?.binary_search_by(|one| one.key().cmp(key)).ok()?;
        let pieces = Arc::make_mut(&mut self.pieces);
        let piece = Arc::make_mut(pieces.get_mut(at)?);
        let removed = piece.remove(index);
        self.length -= 1;
        let left = piece.len();
        if left == 0 {
            pieces.remove(at);
        } else if left < T::PIECE / 4
            && pieces.get(at + 1).is_some_and(|next| left + next.len() <= T::PIECE * 3 / 4)
        {
            let next = pieces.remove(at + 1);
            if let Some(piece) = pieces.get_mut(at) {
                Arc::make_mut(piece).extend(next.iter().cloned());
            }
        }
        Some(removed)
    }
}

/// A place in a list.
struct Walk<'a, T> {
    pieces: &'a [Arc<Vec<T>>],
    /// In the first of the pieces that are left.
    index: usize,
}

impl<'a, T> Walk<'a, T> {
    fn new(pieces: &'a [Arc<Vec<T>>]) -> Self {
        Self { pieces, index: 0 }
    }

    fn peek(&self) -> Option<&'a T> {
        self.pieces.first()?.get(self.index)
    }

    fn step(&mut self) {
        self.index += 1;
        if let Some((piece, rest)) = self.pieces.split_first()
            && self.index >= piece.len()
        {
            (self.pieces, self.index) = (rest, 0);
        }
    }

    /// Steps over a piece that both share, when both are at its start.
    fn skip_shared(&mut self, other: &mut Self) -> bool {
        match (self.pieces.split_first(), other.pieces.split_first()) {
            (Some((one, rest)), Some((another, others)))
                if self.index == 0 && other.index == 0 && Arc::ptr_eq(one, another) =>
            {
                (self.pieces, other.pieces) = (rest, others);
                true
            }
            _ => false,
        }
    }
}
