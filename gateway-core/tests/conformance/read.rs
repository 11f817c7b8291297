//! temporary
use gateway_core::Object;
use std::io::Write;
use std::process::{Command, Stdio};
pub(crate) fn objects(text: &str) -> Vec<Object> {
    let script = "import sys,yaml,json\nfor d in yaml.load_all(sys.stdin,Loader=yaml.BaseLoader if False else yaml.CSafeLoader):\n  if d: print(json.dumps(d,default=str))";
    let mut child = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| {
            let value: gateway_core::model::Value = serde_json::from_str(line).unwrap();
            Object::read(value).ok().map(|read| read.object)
        })
        .collect()
}
