import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

const name = "postgres";

/** The unprivileged user that the server runs as when we are root; made where the system has none. */
export function systemUser(): SystemUser {
  const known = find();
  if (known !== null) return known;
  execFileSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], { stdio: "ignore" });
  const made = find();
  if (made === null) throw new Error(`The system user ${name} could not be made; start as another user than root`);
  return made;
}

function find(): SystemUser | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}
