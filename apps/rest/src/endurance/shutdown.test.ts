import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { at, formBytes, formType } from "../testing/calls";
import { avatarForm, type Member, register } from "../testing/members";
import { callOver } from "../testing/over-http";
import { postmasterOf, processesIn, type ServerProcess, useProcesses } from "../testing/processes";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const processes = useProcesses();
const agent = new http.Agent({ keepAlive: true });
let dataDir: string;
let server: ServerProcess;
let members: Member[];

beforeAll(async () => {
  dataDir = await processes.dataDir();
  server = await processes.serve({ dataDir });
  members = [];
  for (let i = 0; i < 4; i++) members.push(await register(server.url));
});
afterAll(() => agent.destroy());

interface Outcome {
  /** Null where no byte of an answer came. */
  status: number | null;
  isWhole: boolean;
}

/** One write over a connection that its client would like to keep. */
function writeBio({ token }: Member, bio: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const request = http.request(`${server.url}/v1/users/me`, { method: "PUT", agent, headers });
    request.on("error", () => resolve({ status: null, isWhole: false }));
    request.on("response", async (response) => {
      const status = response.statusCode ?? 0;
      try {
        let body = "";
        for await (const chunk of response) body += String(chunk);
        resolve({ status, isWhole: at(JSON.parse(body), "bio") === bio });
      } catch {
        resolve({ status, isWhole: false });
      }
    });
    request.end(JSON.stringify({ bio }));
  });
}

/** An upload whose body waits until the server has taken the request: "100 Continue" is the proof that it has. */
async function beginUpload({ token }: Member): Promise<() => Promise<number>> {
  const body = formBytes(avatarForm([200, 40, 40]));
  const request = http.request(`${server.url}/v1/users/me/avatar`, {
    method: "PUT",
    agent,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": formType,
      "content-length": body.length,
      expect: "100-continue",
    },
  });
  request.flushHeaders();
  await once(request, "continue");
  return async () => {
    request.end(body);
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    for await (const _ of response);
    expect(response.headers.connection).toBe("close");
    return response.statusCode ?? 0;
  };
}

it("SIGTERM under load cuts no request that was taken, loses no write, and stops PostgreSQL", async () => {
  const outcomes: Outcome[] = [];
  const bios = new Map<Member, string>();
  let isOver = false;
  /** Several to a person would overwrite each other's; one each tells exactly what must be there in the end. */
  const hand = async (member: Member) => {
    while (!isOver) {
      const bio = randomUUID();
      const outcome = await writeBio(member, bio);
      outcomes.push(outcome);
      if (outcome.status === 200) bios.set(member, bio);
      if (outcome.status === null) isOver = true;
    }
  };
  const load = Promise.all(members.map(hand));
  const uploads = await Promise.all(members.map(beginUpload));
  await expect.poll(() => outcomes.length, { timeout: 60_000 }).toBeGreaterThan(50);

  const begun = performance.now();
  server.signal("SIGTERM");
  await processes.printed(server, /"stopping"/);
  // Everybody else is refused, while those whose request was taken go on.
  expect(await Promise.all(uploads.map((finish) => finish()))).toEqual(members.map(() => 200));
  await load;
  expect(await server.exited).toEqual({ code: 0, signal: null });
  console.info(`SIGTERM under load: gone after ${Math.round(performance.now() - begun)} ms`);

  const answered = outcomes.filter(({ status }) => status !== null);
  expect(answered.filter(({ status, isWhole }) => status !== 200 || !isWhole)).toEqual([]);
  expect(server.output()).not.toContain('"level":50');
  expect(await postmasterOf(dataDir)).toBeNull();
  expect(await processesIn(dataDir)).toEqual([]);

  server = await processes.serve({ dataDir });
  console.info(`second start: serves after ${Math.round(server.readyMs)} ms`);
  for (const member of members) {
    const { json } = await callOver(server.url, "GET /v1/users/me", { token: member.token });
    expect(at(json, "bio")).toBe(bios.get(member));
    expect(at(json, "avatar_url")).toBeTypeOf("string");
  }
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
