import type { PublicProfile } from "@parley/api/schema/profile";
import { formatCents } from "@/components/money";
import { initials } from "@/components/portrait";
import { inks } from "./picture-frame";

const portraitSize = 300;

export interface HostPictureProps {
  host: PublicProfile;
  /** The portrait as a data address; null for initials. */
  portrait: string | null;
}

/** Whom a shared link leads to. Drawn by satori: flex boxes and inline styles alone. */
export function HostPicture({ host, portrait }: HostPictureProps) {
  const { displayName, bio, ratePerMinuteCents } = host;
  return (
    <div style={{ display: "flex", alignItems: "center", gap: 64 }}>
      {portrait === null ? (
        <div
          style={{
            width: portraitSize,
            height: portraitSize,
            flexShrink: 0,
            borderRadius: portraitSize,
            display: "flex",
            alignItems: "center",
            justifyContent: "center",
            background: inks.soft,
            color: inks.accent,
            fontFamily: "Fraunces",
            fontSize: 112,
          }}
        >
          {initials(displayName)}
        </div>
      ) : (
        <img src={portrait} alt="" width={portraitSize} height={portraitSize} style={{ borderRadius: portraitSize }} />
      )}
      <div style={{ display: "flex", flexDirection: "column", flex: 1 }}>
        <div
          style={{
            display: "block",
            fontFamily: "Fraunces",
            fontSize: sizeOf(displayName),
            lineHeight: 1.1,
            lineClamp: 2,
          }}
        >
          {displayName}
        </div>
        {bio !== null && (
          <div
            style={{ display: "block", marginTop: 20, fontSize: 32, lineHeight: 1.4, color: inks.muted, lineClamp: 3 }}
          >
            {bio}
          </div>
        )}
        <div style={{ display: "flex", alignItems: "baseline", marginTop: 28, fontSize: 36 }}>
          <span style={{ fontFamily: "Fraunces", color: inks.accent }}>{formatCents(ratePerMinuteCents)}</span>
          <span style={{ marginLeft: 12, color: inks.muted }}>/ min</span>
        </div>
      </div>
    </div>
  );
}

/** Long names in smaller letters, so that two lines hold them. */
function sizeOf(name: string): number {
  return name.length > 36 ? 48 : name.length > 20 ? 64 : 80;
}
