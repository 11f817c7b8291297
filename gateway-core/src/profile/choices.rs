//! What the specification leaves open and a controller decides (rules 08). Each choice changes what
//! is answered; corners that no choice changes are in [`AMBIGUITIES`](super::AMBIGUITIES) alone.

use alloc::string::String;
use core::fmt;

use super::nearest::nearest;

macro_rules! choices {
    ($(
        $(#[$meta:meta])*
        $field:ident: $choice:ident = $key:literal, $ambiguity:literal {
            $($variant:ident = $word:literal, $says:literal;)*
        }
    )*) => {
        /// Every choice, with the rulebook's own as the default.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct Choices {
            $(
                $(#[$meta])*
                #[doc = concat!("Key `", $key, "`, ", $ambiguity, ".")]
                pub $field: $choice,
            )*
        }

        $(
            $(#[$meta])*
            #[doc = concat!("Key `", $key, "`, ", $ambiguity, ".")]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum $choice {
                $(#[doc = $says] $variant,)*
            }

            impl Default for $choice {
                /// The rulebook's choice.
                fn default() -> Self {
                    Self::DEFAULT
                }
            }

            impl $choice {
                const DEFAULT: Self = [$(Self::$variant),*][0];

                /// The word in a profile file.
                pub const fn as_str(self) -> &'static str {
                    match self {
                        $(Self::$variant => $word,)*
                    }
                }
            }
        )*

        impl Default for Choices {
            fn default() -> Self {
                Self::DEFAULT
            }
        }

        /// All choices as data, in the order of their ids.
        pub const CHOICES: &[ChoiceInfo] = &[$(
            ChoiceInfo {
                key: $key,
                ambiguity: $ambiguity,
                words: &[$(ChoiceWord { word: $word, says: $says }),*],
            },
        )*];

        impl Choices {
            /// The rulebook's choices.
            pub const DEFAULT: Self = Self { $($field: $choice::DEFAULT),* };

            /// The word chosen for a key; `None` when there is no such key.
            pub fn get(&self, key: &str) -> Option<&'static str> {
                match key {
                    $($key => Some(self.$field.as_str()),)*
                    _ => None,
                }
            }

            /// Chooses a word for a key, both as they stand in a profile file.
            pub fn set(&mut self, key: &str, word: &str) -> Result<(), ChoiceError> {
                match key {
                    $($key => match word {
                        $($word => self.$field = $choice::$variant,)*
                        _ => return Err(ChoiceError::word(key, word)),
                    },)*
                    _ => return Err(ChoiceError::key(key)),
                }
                Ok(())
            }
        }
    };
}

/// A choice as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceInfo {
    /// Its key in a profile file.
    pub key: &'static str,
    /// The corner it is about.
    pub ambiguity: &'static str,
    /// The words to choose from; the first is the default.
    pub words: &'static [ChoiceWord],
}

/// A word that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceWord {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub says: &'static str,
}

choices! {
    /// The reason for an HTTPRoute or GRPCRoute that loses a listener's hostname to the other kind.
    losing_route_kind: LosingRouteKind = "losingRouteKind", "AMBIG-04" {
        NotAllowedByListeners = "NotAllowedByListeners", "Accepted is false with reason NotAllowedByListeners.";
        Conflicted = "Conflicted", "Accepted is false with reason Conflicted, the word of GEP-1294.";
    }
    /// Whether a Service of type ExternalName can be a backend.
    external_name: ExternalName = "externalName", "AMBIG-20" {
        Refuse = "refuse", "The reference does not resolve: reason InvalidKind.";
        Accept = "accept", "It is a backend like any other Service.";
    }
    /// What happens when no rule of the most specific hostname matches.
    hosts: Hosts = "hosts", "AMBIG-22" {
        FallThrough = "fallThrough", "Rules with less specific hostnames are tried next.";
        VirtualHost = "virtualHost", "Nothing else is tried: the most specific hostname owns the request.";
    }
    /// What becomes of a request's path before it is matched, rewritten and sent on.
    path_normalization: PathNormalization = "pathNormalization", "AMBIG-23" {
        Off = "off", "Nothing: the bytes of the path as they come.";
        Rfc3986 = "rfc3986", "Escapes of unreserved characters are decoded, the others written in upper case, and dot segments removed.";
        Envoy = "envoy", "As rfc3986, but escapes keep their case, and adjacent slashes are merged.";
    }
    /// Where a regular expression on the path stands among other paths.
    regex_rank: RegexRank = "regexRank", "AMBIG-24" {
        AfterExact = "afterExact", "Exact, then expressions, then prefixes.";
        BeforeExact = "beforeExact", "Expressions, then exact, then prefixes.";
        AfterPrefix = "afterPrefix", "Exact, then prefixes, then expressions.";
    }
    /// How much of a value a regular expression must match.
    regex_anchoring: RegexAnchoring = "regexAnchoring", "AMBIG-24" {
        Full = "full", "The whole value.";
        Start = "start", "A part that begins at the start of the value.";
        Search = "search", "Any part of the value.";
    }
    /// The dialect of regular expressions.
    regex_dialect: RegexDialect = "regexDialect", "AMBIG-24" {
        Re2 = "re2", "The syntax that RE2 and the Rust engine share; classes such as \\d and \\w are ASCII, as in RE2.";
        Rust = "rust", "The Rust engine's: classes such as \\d and \\w are Unicode.";
        None = "none", "Regular expressions are not supported: a rule with one is dropped with UnsupportedValue.";
    }
    /// What a header condition is compared with when the request repeats the header.
    repeated_headers: RepeatedHeaders = "repeatedHeaders", "AMBIG-25" {
        Joined = "joined", "All values, joined with a comma.";
        Any = "any", "Each value by itself; one that matches is enough.";
        First = "first", "The first value.";
    }
    /// What a query condition is compared with when the request repeats the parameter.
    repeated_query_params: RepeatedQueryParams = "repeatedQueryParams", "AMBIG-26" {
        First = "first", "The first value.";
        Any = "any", "Each value by itself; one that matches is enough.";
    }
    /// Which characters of a prefix count for its rank.
    prefix_length: PrefixLength = "prefixLength", "AMBIG-27" {
        Normalized = "normalized", "All but a trailing slash.";
        AsWritten = "asWritten", "All of them: `/a/` stands before `/a`.";
    }
    /// The age of an object without a creation time, as in a manifest that no cluster has seen.
    missing_timestamp: MissingTimestamp = "missingTimestamp", "AMBIG-32" {
        Youngest = "youngest", "It is younger than every object that has one.";
        Oldest = "oldest", "It is older than every object that has one.";
    }
    /// What becomes of the query when a filter replaces the path.
    replaced_path_query: ReplacedPathQuery = "replacedPathQuery", "AMBIG-38" {
        Keep = "keep", "It stays, unless the replacement brings one of its own.";
        Drop = "drop", "It is dropped.";
    }
    /// What ReplacePrefixMatch makes of the path `/` when the prefix is `/`.
    replaced_root: ReplacedRoot = "replacedRoot", "AMBIG-39" {
        WithSlash = "withSlash", "The replacement and a slash: `/` becomes `/xyz/`.";
        WithoutSlash = "withoutSlash", "The replacement alone: `/` becomes `/xyz`.";
    }
    /// What becomes of a replacement path without a leading slash.
    relative_replacement: RelativeReplacement = "relativeReplacement", "AMBIG-40" {
        AddSlash = "addSlash", "A slash is put in front.";
        AsWritten = "asWritten", "It is used as it stands.";
    }
    /// What a CORS filter answers where every origin is allowed and credentials are not.
    cors_origin: CorsOrigin = "corsOrigin", "AMBIG-44" {
        Echo = "echo", "The origin of the request.";
        Wildcard = "wildcard", "`*`.";
    }
    /// What a client sees when external authorization denies its request.
    denied_auth: DeniedAuth = "deniedAuth", "AMBIG-45" {
        PassThrough = "passThrough", "Status, headers and body of the authorization server's answer.";
        Forbidden = "forbidden", "403 and nothing else.";
    }
    /// What becomes of a request whose body is larger than external authorization takes.
    large_auth_body: LargeAuthBody = "largeAuthBody", "AMBIG-46" {
        Refuse = "refuse", "It is answered with 413.";
        Truncate = "truncate", "The authorization server gets the beginning of the body.";
    }
    /// Whether a rule's only backend gets traffic when its weight is 0.
    lone_zero_weight: LoneZeroWeight = "loneZeroWeight", "AMBIG-47" {
        NoTraffic = "noTraffic", "It gets none: requests are answered with 500.";
        AllTraffic = "allTraffic", "It gets all of it.";
    }
    /// The gRPC status for a rule of a GRPCRoute without backends.
    grpc_without_backends: GrpcWithoutBackends = "grpcWithoutBackends", "AMBIG-49" {
        Unavailable = "unavailable", "UNAVAILABLE, as for backends that cannot be used.";
        Unimplemented = "unimplemented", "UNIMPLEMENTED, as for calls that no rule takes.";
    }
    /// Which requests a retry may repeat.
    retried_methods: RetriedMethods = "retriedMethods", "AMBIG-51" {
        All = "all", "Those of every method.";
        Idempotent = "idempotent", "Those of GET, HEAD, PUT, DELETE, OPTIONS and TRACE.";
    }
    /// Where a retry goes.
    retry_target: RetryTarget = "retryTarget", "AMBIG-51" {
        SameBackend = "sameBackend", "To an endpoint of the backend that was drawn first.";
        NewDraw = "newDraw", "To a backend that is drawn anew.";
    }
    /// What an `appProtocol` outside of `kubernetes.io/` means for a Route's backend.
    unknown_app_protocol: UnknownAppProtocol = "unknownAppProtocol", "AMBIG-52" {
        Ignore = "ignore", "Nothing: the port is used as if it named none.";
        Refuse = "refuse", "The reference does not resolve: reason UnsupportedProtocol.";
    }
    /// What a retry budget counts.
    budget_counting: BudgetCounting = "budgetCounting", "AMBIG-63" {
        Window = "window", "Requests and retries of the interval that ends now.";
        Active = "active", "Requests and retries that are under way; the interval counts for nothing.";
    }
    /// The status for a TLS handshake with a backend that failed.
    failed_handshake: FailedHandshake = "failedHandshake", "AMBIG-64" {
        BadGateway = "badGateway", "502.";
        ServiceUnavailable = "serviceUnavailable", "503.";
    }
    /// The status for a request that took too long.
    timeout_status: TimeoutStatus = "timeoutStatus", "AMBIG-66" {
        GatewayTimeout = "gatewayTimeout", "504.";
        RequestTimeout = "requestTimeout", "408.";
    }
    /// What becomes of a request whose session names an endpoint that is gone.
    lost_session: LostSession = "lostSession", "AMBIG-68" {
        NewEndpoint = "newEndpoint", "It gets another endpoint and a new session.";
        Fail = "fail", "It is answered with 503.";
    }
}

/// Why a choice cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceError {
    key: String,
    word: Option<String>,
}

impl ChoiceError {
    fn key(key: &str) -> Self {
        Self { key: key.into(), word: None }
    }

    fn word(key: &str, word: &str) -> Self {
        Self { key: key.into(), word: Some(word.into()) }
    }
}

impl fmt::Display for ChoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = CHOICES.iter().map(|choice| choice.key);
        let Some(word) = &self.word else {
            write!(f, "no choice is called `{}`", self.key)?;
            return match nearest(&self.key, keys) {
                Some(known) => write!(f, "; did you mean `{known}`?"),
                None => write!(f, "; `gateway profiles spec` lists all of them"),
            };
        };
        write!(f, "`{}` cannot be `{word}`; choose one of ", self.key)?;
        let words = CHOICES.iter().filter(|choice| choice.key == self.key).flat_map(|choice| choice.words);
        for (index, known) in words.enumerate() {
            write!(f, "{}`{}`", if index == 0 { "" } else { ", " }, known.word)?;
        }
        Ok(())
    }
}

impl core::error::Error for ChoiceError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn every_word_can_be_chosen_and_is_found_again() {
        let defaults = Choices::default();
        for choice in CHOICES {
            assert_eq!(defaults.get(choice.key), Some(choice.words[0].word), "{}", choice.key);
            for word in choice.words {
                let mut choices = Choices::default();
                choices.set(choice.key, word.word).expect("it is listed");
                assert_eq!(choices.get(choice.key), Some(word.word));
                assert_eq!(choices == defaults, *word == choice.words[0]);
            }
        }
        assert!(CHOICES.is_sorted_by_key(|choice| choice.ambiguity));
    }

    #[test]
    fn errors_name_what_is_near() {
        let mut choices = Choices::default();
        let error = |result: Result<(), ChoiceError>| result.expect_err("unknown").to_string();
        assert_eq!(
            error(choices.set("regexrank", "full")),
            "no choice is called `regexrank`; did you mean `regexRank`?"
        );
        assert_eq!(
            error(choices.set("hosts", "vhost")),
            "`hosts` cannot be `vhost`; choose one of `fallThrough`, `virtualHost`"
        );
        assert_eq!(choices, Choices::default());
    }
}
