import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { at, textAt } from "../testing/calls";
import { createHistory, type History } from "../testing/history";
import { avatarForm, type Member, register, uploadAvatar } from "../testing/members";
import { callOver, tryCallOver } from "../testing/over-http";
import type { Colour } from "../testing/picture";
import { kill, postmasterOf, processesIn, type ServerProcess, useProcesses } from "../testing/processes";

// A first start, a hundred writes and three restarts, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

interface Slot {
  day_of_week: number;
  start_time: string;
  end_time: string;
}

/** One person, and everything that was written of them. */
interface Subject {
  member: Member;
  bio: History<string | null>;
  hours: History<string>;
  avatar: History<string | null>;
  devices: Set<string>;
  attemptedDevices: Set<string>;
}

const colours: Colour[] = [
  [200, 40, 40],
  [40, 160, 60],
  [40, 60, 200],
];
const processes = useProcesses();
let dataDir: string;
let server: ServerProcess;
const subjects: Subject[] = [];
/** Where each picture of each person is served, learned before the storm: the address is made of the picture. */
const addresses = new Map<string, string>();

beforeAll(async () => {
  dataDir = await processes.dataDir();
  server = await processes.serve({ dataDir });
  for (let i = 0; i < 4; i++) subjects.push(await newSubject());
});

afterAll(async () => {
  await server.stop();
  expect(await postmasterOf(dataDir)).toBeNull();
  expect(await processesIn(dataDir)).toEqual([]);
});

async function newSubject(): Promise<Subject> {
  const member = await register(server.url);
  let shown: string | null = null;
  for (const colour of colours) {
    shown = await uploadAvatar(server.url, member, colour);
    addresses.set(`${member.id} ${colour}`, shown);
  }
  return {
    member,
    bio: createHistory<string | null>(null),
    hours: createHistory(spell([])),
    avatar: createHistory<string | null>(shown),
    devices: new Set(),
    attemptedDevices: new Set(),
  };
}

/** Between one and five slots: sets of different sizes, so that a mixture of two is no third one. */
function someHours(): Slot[] {
  const minute = Math.floor(Math.random() * 60);
  const spelled = String(minute).padStart(2, "0");
  const days = [0, 1, 2, 3, 4, 5, 6].slice(0, 1 + Math.floor(Math.random() * 5));
  return days.map((day) => ({ day_of_week: day, start_time: `09:${spelled}`, end_time: `17:${spelled}` }));
}

const spell = (slots: unknown) => JSON.stringify(slots);

type Writer = (subject: Subject) => Promise<boolean>;

/** Each is one write, which resolves to whether it was acknowledged. */
const writers: Writer[] = [
  ({ member: { token }, bio }) => {
    const value = randomUUID();
    return bio.write(value, () => isDone("PUT /v1/users/me", { token, json: { bio: value } }));
  },
  ({ member: { token }, hours }) => {
    const slots = someHours();
    return hours.write(spell(slots), () => isDone("PUT /v1/users/me/availability", { token, json: { slots } }));
  },
  async ({ member: { token }, devices, attemptedDevices }) => {
    const device = randomUUID();
    attemptedDevices.add(device);
    const done = await isDone("POST /v1/users/me/devices", { token, json: { token: device, platform: "ios" } });
    if (done) devices.add(device);
    return done;
  },
  ({ member, avatar }) => {
    const colour = colours[Math.floor(Math.random() * colours.length)] ?? [0, 0, 0];
    const address = addresses.get(`${member.id} ${colour}`) ?? "";
    return avatar.write(address, () =>
      isDone("PUT /v1/users/me/avatar", { token: member.token, form: avatarForm(colour) }),
    );
  },
];

async function isDone(route: string, options: Parameters<typeof callOver>[2]): Promise<boolean> {
  const answer = await tryCallOver(server.url, route, options);
  // Nothing but the kill may end a write.
  if (answer !== null) expect([200, 201], `${route}: ${answer.body}`).toContain(answer.status);
  return answer !== null;
}

/** Sixteen writers, four to a person, until the process is killed in their midst. */
async function storm(killAfter: number): Promise<void> {
  let acknowledged = 0;
  let isOver = false;
  const hand = async (subject: Subject, write: Writer) => {
    while (!isOver) {
      if (await write(subject)) acknowledged++;
      if (acknowledged >= killAfter) {
        isOver = true;
        server.signal("SIGKILL");
      }
    }
  };
  await Promise.all(subjects.flatMap((subject) => writers.map((write) => hand(subject, write))));
  expect(await server.exited).toEqual({ code: null, signal: "SIGKILL" });
}

async function expectConsistent({ member, ...written }: Subject): Promise<void> {
  const { token } = member;
  const me = (await callOver(server.url, "GET /v1/users/me", { token })).json;
  expect(me).toMatchObject({ id: member.id });
  const bio = at(me, "bio") as string | null;
  expect(written.bio.mayShow(bio), `bio ${bio} of ${written.bio.attempted()}`).toBe(true);

  const { json } = await callOver(server.url, "GET /v1/users/me/availability", { token });
  const slots = spell(at(json, "slots"));
  expect(written.hours.mayShow(slots), `hours ${slots}`).toBe(true);

  const shown = textAt(me, "avatar_url");
  expect(written.avatar.mayShow(shown), `avatar ${shown}`).toBe(true);
  const object = await callOver(server.url, `GET ${new URL(shown).pathname}`);
  expect(object.status).toBe(200);
  expect(object.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));

  const devices = new Set(await devicesOf(token));
  expect([...written.devices].filter((device) => !devices.has(device))).toEqual([]);
  expect([...devices].filter((device) => !written.attemptedDevices.has(device))).toEqual([]);
}

async function devicesOf(token: string): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1; ; page++) {
    const { json } = await callOver(server.url, `GET /v1/users/me/devices?per_page=100&page=${page}`, { token });
    const devices = at(json, "data") as { token: string }[];
    found.push(...devices.map((device) => device.token));
    if (devices.length < 100) return found;
  }
}

/** The process is killed; each time PostgreSQL meets with another fate before the next start. */
describe.each([
  ["PostgreSQL runs on, and is adopted", async () => {}],
  [
    "PostgreSQL is killed too, and recovers",
    async () => {
      kill((await postmasterOf(dataDir)) ?? 0, "SIGKILL");
    },
  ],
  ["PostgreSQL runs on, after a crash before", async () => {}],
] as const)("kill -9 among writes: %s", (_, thenPostgres) => {
  it("loses no acknowledged write, and leaves none half applied", async () => {
    await storm(120);
    const postmaster = await postmasterOf(dataDir);
    expect(postmaster).not.toBeNull();
    await thenPostgres();
    server = await processes.serve({ dataDir });
    console.info(`kill -9: serves again after ${Math.round(server.readyMs)} ms`);
    for (const subject of subjects) await expectConsistent(subject);
    // It also writes again.
    for (const subject of subjects) for (const write of writers) expect(await write(subject)).toBe(true);
    for (const subject of subjects) await expectConsistent(subject);
  });
});
