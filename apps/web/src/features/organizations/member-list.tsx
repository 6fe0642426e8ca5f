"use client";
import { mayChangeRole, mayRemove } from "@parley/api/rules/organizations";
import type { Organization, OrganizationRole } from "@parley/api/schema/organizations";
import type { Member } from "@parley/api/schema/organizations/members";
import { NativeSelect } from "@/components/native-select";
import { Portrait } from "@/components/portrait";
import { AskFirst } from "./ask-first";
import { roleNames, roles } from "./role-words";
import { useMembers } from "./use-members";

export interface MemberListProps {
  organization: Organization;
  /** Who looks at it. */
  ownId: string;
  initial: Member[];
}

/** Who belongs to an organization, with what the reader's role lets them change. */
export function MemberList({ organization, ownId, initial }: MemberListProps) {
  const { members, changeRole, remove } = useMembers(organization.id, initial);
  return (
    <ul aria-label="Members" className="divide-y divide-hairline rounded-lg border border-hairline bg-raised">
      {members.map((member) => (
        <MemberRow
          key={member.userId}
          member={member}
          isSelf={member.userId === ownId}
          organization={organization}
          onChangeRole={(role) => changeRole(member.userId, role)}
          onRemove={() => remove(member.userId)}
        />
      ))}
    </ul>
  );
}

interface MemberRowProps {
  member: Member;
  isSelf: boolean;
  organization: Organization;
  onChangeRole(role: OrganizationRole): void;
  onRemove(): Promise<unknown>;
}

function MemberRow({ member, isSelf, organization, onChangeRole, onRemove }: MemberRowProps) {
  const { displayName, username, avatarUrl, role } = member;
  const given = roles.filter((after) => after === role || mayChangeRole(organization.role, role, after));
  const isRemovable = !isSelf && mayRemove(organization.role, role);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <div className="flex min-w-40 flex-1 items-center gap-4">
        <Portrait name={displayName} url={avatarUrl} size={48} />
        <div className="min-w-0 wrap-anywhere">
          <p className="font-medium">
            {displayName}
            {isSelf && <span className="font-normal text-muted"> (you)</span>}
          </p>
          {username !== null && <p className="text-sm text-muted">@{username}</p>}
        </div>
      </div>
      <div className="flex items-center gap-3">
        {given.length > 1 ? (
          <NativeSelect
            label={`Role of ${displayName}`}
            isLabelHidden
            name={`role-${member.userId}`}
            value={role}
            onChange={onChangeRole}
            options={given.map((id) => ({ id, label: roleNames[id] }))}
            className="w-32"
          />
        ) : (
          <span className="text-sm text-muted">{roleNames[role]}</span>
        )}
        {isRemovable && (
          <AskFirst
            size="small"
            tone="quiet"
            aria-label={`Remove ${displayName}`}
            question={`Remove ${displayName}?`}
            about={`They lose all they could see and do in ${organization.name}. You can invite them again.`}
            verb={["Remove", "Removing…"]}
            act={onRemove}
          >
            Remove
          </AskFirst>
        )}
      </div>
    </li>
  );
}
