//! File systems of other machines: SQLite's locks do not hold there, and a warning is due.

use std::{fs, path::Path};

/// File systems that live on another machine, as Linux calls them.
const REMOTE: [&str; 11] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "9p",
    "fuse.sshfs",
];

/// Warns when the database lies on one of them.
pub(super) fn warn(path: &Path) {
    // Where there is no such list there is nothing to be known.
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    if let Some(kind) = remote(path, &mounts) {
        tracing::warn!(
            store.path = %path.display(),
            "The store {} is on a network file system ({kind}), where SQLite's locks and writes \
             cannot be relied on: keep it on a disk of this machine",
            path.display()
        );
    }
}

/// The kind of a network file system, if the path lies on one. `mounts` is as in `mountinfo`.
fn remote<'a>(path: &Path, mounts: &'a str) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (head, tail) = line.split_once(" - ")?;
        let point = head.split(' ').nth(4)?.replace("\\040", " ");
        let kind = tail.split(' ').next()?;
        path.starts_with(&point).then_some((point.len(), kind))
    };
    // Of mounts on the same point, the last is on top.
    let (_, kind) = mounts
        .lines()
        .filter_map(mount)
        .max_by_key(|(len, _)| *len)?;
    REMOTE.contains(&kind).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
        22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n\
        40 22 0:40 / /srv rw,relatime shared:1 - nfs4 files:/srv rw\n\
        41 40 8:2 / /srv/my\\040disk rw - ext4 /dev/sdb1 rw\n";

    #[test]
    fn the_innermost_mount_counts() {
        for (path, expected) in [
            ("/var/lib/iris.db", None),
            ("/srv/iris.db", Some("nfs4")),
            ("/srv/my disk/iris.db", None),
            ("/srvother/iris.db", None),
        ] {
            assert_eq!(remote(Path::new(path), MOUNTS), expected, "{path}");
        }
    }
}
