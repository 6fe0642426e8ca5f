import type { OwnProfile } from "@parley/api/schema/profile";
import { Card } from "@/components/card";
import { formatCents } from "@/components/money";
import { Portrait } from "@/components/portrait";

export interface PagePreviewProps {
  profile: OwnProfile;
  /** Where public pages live, e.g. "parley.example/". */
  addressPrefix: string;
  hasHours: boolean;
}

/** What visitors will find, in short. */
export function PagePreview({ profile, addressPrefix, hasHours }: PagePreviewProps) {
  const { displayName, username, bio, avatarUrl, ratePerMinuteCents, windowSizeMinutes } = profile;
  const isPriced = ratePerMinuteCents !== null && windowSizeMinutes !== null;
  return (
    <Card className="space-y-5 p-5 sm:p-6">
      <div className="flex items-center gap-4">
        <Portrait name={displayName} url={avatarUrl} size={72} />
        <div className="min-w-0">
          <p className="display text-xl wrap-anywhere">{displayName}</p>
          <p className="text-sm text-muted wrap-anywhere">
            {addressPrefix}
            {username ?? "…"}
          </p>
        </div>
      </div>
      {bio && <p className="prose-line whitespace-pre-line wrap-anywhere">{bio}</p>}
      <dl className="grid grid-cols-2 gap-4 border-t border-hairline pt-4 text-sm sm:grid-cols-3">
        <Fact term="Rate">{ratePerMinuteCents === null ? "–" : `${formatCents(ratePerMinuteCents)} / min`}</Fact>
        <Fact term={windowSizeMinutes === null ? "Window" : `${windowSizeMinutes} minutes`}>
          {isPriced ? formatCents(ratePerMinuteCents * windowSizeMinutes) : "–"}
        </Fact>
        <Fact term="Weekly hours">{hasHours ? "Set" : "None yet"}</Fact>
      </dl>
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="text-muted">{term}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
