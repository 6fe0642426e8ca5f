import { drawPicture, inks, pictureSize, pictureType } from "@/features/sharing/picture-frame";

export const alt = "Parley: talk to someone who knows";
export const size = pictureSize;
export const contentType = pictureType;

// Drawn where it runs: the build has neither letters at hand nor anything to say yet.
export const dynamic = "force-dynamic";

export default function HomeOpenGraphImage() {
  return drawPicture(
    <div style={{ display: "flex", flexDirection: "column" }}>
      <div style={{ fontFamily: "Fraunces", fontSize: 104, lineHeight: 1.1 }}>Talk to someone who knows.</div>
      <div style={{ marginTop: 28, fontSize: 36, color: inks.muted }}>One-to-one conversations, by the minute.</div>
    </div>,
  );
}
