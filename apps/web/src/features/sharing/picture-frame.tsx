import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ImageResponse } from "next/og";
import type { ReactElement } from "react";

export const pictureSize = { width: 1200, height: 630 };
export const pictureType = "image/png";

// Pictures are drawn without style sheets: these are the light tokens of globals.css once more.
export const inks = {
  paper: "#fbfaf7",
  ink: "#1b1a17",
  muted: "#6b675d",
  hairline: "#e6e2d8",
  accent: "#0b5d4b",
  soft: "#e3efeb",
};

const modules = path.join(process.cwd(), "node_modules");
const files = {
  Fraunces: "@fontsource/fraunces/files/fraunces-latin-500-normal.woff",
  Geist: "geist/dist/fonts/geist-sans/Geist-Regular.ttf",
};

let loaded: ReturnType<typeof readFonts> | undefined;

/** A picture for those who share a page: paper, the wordmark, and what the page is about. */
export async function drawPicture(about: ReactElement): Promise<ImageResponse> {
  loaded ??= readFonts();
  return new ImageResponse(
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        padding: "72px 80px",
        background: inks.paper,
        color: inks.ink,
        fontFamily: "Geist",
      }}
    >
      {about}
      <div
        style={{
          display: "flex",
          alignItems: "center",
          gap: 16,
          borderTop: `2px solid ${inks.hairline}`,
          paddingTop: 32,
        }}
      >
        <svg
          aria-hidden="true"
          width="44"
          height="44"
          viewBox="0 0 28 28"
          fill="none"
          stroke={inks.accent}
          strokeWidth="2.4"
          strokeLinecap="round"
        >
          <path d="M12 4.500a9.500 9.500 0 1 0 0 19" />
          <path d="M16 9a5 5 0 1 1 0 10" />
        </svg>
        <span style={{ fontFamily: "Fraunces", fontSize: 40 }}>Parley</span>
      </div>
    </div>,
    // A portrait or a rate may change: an hour is as long as a picture may be behind.
    { ...pictureSize, fonts: await loaded, headers: { "cache-control": "public, max-age=3600" } },
  );
}

async function readFonts() {
  return Promise.all(
    Object.entries(files).map(async ([name, file]) => ({
      name,
      data: await readFile(path.join(modules, file)),
      weight: 400 as const,
      style: "normal" as const,
    })),
  );
}
