"use client";
import { create } from "qrcode";
import { useMemo } from "react";
import { buttonClass } from "@/components/button-class";

// Scanners need this much quiet around the code, in modules.
const margin = 4;

/** A text as a QR code, drawn as vectors, with the way to keep it as a file. */
export function QrCode({ text, fileName }: { text: string; fileName: string }) {
  const { edge, path } = useMemo(() => drawingOf(text), [text]);
  const file = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${edge} ${edge}"><path d="${path}"/></svg>`;
  return (
    <>
      {/* Always dark on light: many scanners read nothing else. */}
      <div data-theme="light" className="rounded-lg border border-hairline bg-raised text-ink">
        <svg role="img" aria-label={`QR code of ${text}`} viewBox={`0 0 ${edge} ${edge}`} shapeRendering="crispEdges">
          <path d={path} fill="currentColor" />
        </svg>
      </div>
      <a
        href={`data:image/svg+xml,${encodeURIComponent(file)}`}
        download={fileName}
        className={buttonClass({ tone: "primary" })}
      >
        Save as SVG
      </a>
    </>
  );
}

/** One square per dark module. Error correction "M" survives a scratch and still stays coarse enough for a small print. */
function drawingOf(text: string): { edge: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) squares.push(`M${column + margin} ${row + margin}h1v1h-1z`);
    }
  }
  return { edge: modules.size + 2 * margin, path: squares.join("") };
}
