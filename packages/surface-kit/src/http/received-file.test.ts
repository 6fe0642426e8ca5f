import { expect, it } from "vitest";
import { Gathering, ReceivedFile } from "./received-file";

const contents: [string, Buffer[]][] = [
  ["small", [Buffer.from("he"), Buffer.from("llo")]],
  ["large", [Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")]],
  ["empty", []],
];

it.each(contents)("is the same file in every way to read it: %s", async (_name, chunks) => {
  const gathering = new Gathering(4);
  for (const chunk of chunks) gathering.add(chunk);
  const file = new ReceivedFile(gathering.bytes(), "photo.jpg", "image/jpeg");
  const native = new File([Buffer.concat(chunks)], "photo.jpg", { type: "image/jpeg" });
  expect(file).toBeInstanceOf(File);
  expect([file.name, file.type, file.size]).toEqual([native.name, native.type, native.size]);
  expect(await file.text()).toBe(await native.text());
  const bytes = new Uint8Array(await native.arrayBuffer());
  expect(Buffer.from(bytes).equals(await file.bytes())).toBe(true);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  expect(await file.slice(1, 4).text()).toBe(await native.slice(1, 4).text());
  expect(await new Response(file.stream()).text()).toBe(await native.text());
});
