//! What a configuration is made of.

/// `SplitMix64`: the same configuration everywhere.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((word ^ (word >> 31)) % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

/// A kind of configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Many hosts with ten prefixes each.
    Hosts,
    /// One host with all prefixes.
    Prefixes,
    /// Ten hosts; fifty rules on each path, told apart by method and headers.
    Headers,
    /// Ten hosts; expressions below a prefix of their own.
    Expressions,
    /// Hosts and wildcards of several depths, three prefixes each.
    Wildcards,
    /// Many tenants: a fifth of the hosts has one rule, some have 500; 5 % expressions, 15 % headers.
    Realistic,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Hosts, Self::Prefixes, Self::Headers, Self::Expressions, Self::Wildcards, Self::Realistic];

    /// Whether atc-router is asked to do the same.
    pub const fn is_for_atc(self) -> bool {
        matches!(self, Self::Hosts | Self::Prefixes | Self::Headers | Self::Expressions)
    }

    /// Its letter in tables.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Hosts => "a",
            Self::Prefixes => "b",
            Self::Headers => "c",
            Self::Expressions => "d",
            Self::Wildcards => "e",
            Self::Realistic => "r",
        }
    }
}

/// A rule with one match.
#[derive(Clone, Debug, Default)]
pub struct RuleSpec {
    /// The hostname of its Route.
    pub host: String,
    /// The prefix, or the expression.
    pub path: String,
    /// Whether the path is an expression.
    pub is_expression: bool,
    /// A path that the rule takes.
    pub example: String,
    /// The method.
    pub method: Option<&'static str>,
    /// Exact values of headers.
    pub headers: Vec<(&'static str, String)>,
}

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];

fn prefix(number: usize) -> String {
    format!("/team-{}/service-{}/v{}", number / 100, number / 4, number % 4)
}

/// The rules of a configuration.
pub fn rules(shape: Shape, size: usize) -> Vec<RuleSpec> {
    let mut random = Random(7);
    let host = |number: usize| format!("host-{number}.example-{}.com", number % 50);
    let mut tenant = (0_usize, 0_usize, 0_usize);
    let rule = |number: usize| match shape {
        Shape::Hosts => {
            let path = format!("/api/v{}/users", number % 10);
            RuleSpec { host: host(number / 10), example: path.clone(), path, ..RuleSpec::default() }
        }
        Shape::Prefixes => {
            let path = prefix(number);
            RuleSpec { host: "api.example.com".into(), example: path.clone(), path, ..RuleSpec::default() }
        }
        Shape::Headers => {
            let path = prefix(number / 500);
            let within = number / 10 % 50;
            RuleSpec {
                host: host(number % 10),
                example: path.clone(),
                path,
                method: Some(METHODS[within % 5]),
                headers: vec![("x-tenant", format!("tenant-{}", within / 5)), ("x-canary", "yes".into())],
                ..RuleSpec::default()
            }
        }
        Shape::Expressions => {
            let path = prefix(number / 10);
            RuleSpec {
                host: host(number % 10),
                example: format!("{path}/items/4711/detail"),
                path: format!("{path}/[a-z]+/[0-9]+(/.*)?"),
                is_expression: true,
                ..RuleSpec::default()
            }
        }
        Shape::Wildcards => {
            let group = number / 3;
            let name = match group % 4 {
                0 => format!("*.zone-{group}.example.com"),
                1 => format!("*.eu.zone-{group}.example.com"),
                2 => format!("*.z{group}.net"),
                _ => host(group),
            };
            let path = ["/", "/api", "/api/v2"][number % 3].to_string();
            RuleSpec { host: name, example: path.clone(), path, ..RuleSpec::default() }
        }
        Shape::Realistic => {
            if tenant.1 == 0 {
                let rules = match random.below(100) {
                    0..20 => 1,
                    20..99 => 2 + random.below(18),
                    _ => 500,
                };
                tenant = (tenant.0 + 1, rules, 0);
            }
            tenant.1 -= 1;
            tenant.2 += 1;
            let path = if tenant.2 == 1 {
                "/".to_string()
            } else {
                format!("/api/{}/v{}", tenant.2 / 2, tenant.2 % 2)
            };
            let mut spec =
                RuleSpec { host: host(tenant.0), example: path.clone(), path, ..RuleSpec::default() };
            match random.below(100) {
                0..5 if spec.path != "/" => {
                    spec.example = format!("{}/users/12", spec.path);
                    spec.path = format!("{}/users/[0-9]+", spec.path);
                    spec.is_expression = true;
                }
                5..20 => spec.headers = vec![("x-version", format!("v{}", random.below(4)))],
                20..30 => spec.method = Some(METHODS[random.below(5)]),
                _ => {}
            }
            spec
        }
    };
    (0..size).map(rule).collect()
}
