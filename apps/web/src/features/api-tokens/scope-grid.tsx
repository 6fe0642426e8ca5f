"use client";
import type { ApiScope } from "@parley/api/rules/account/api-tokens";
import { useId } from "react";
import { scopeGroups } from "./scope-words";

export interface ScopeGridProps {
  chosen: readonly ApiScope[];
  onChange(chosen: ApiScope[]): void;
  error?: string | undefined;
}

const columns = "grid grid-cols-[minmax(0,1fr)_3.5rem_3.5rem] items-center gap-x-2 px-3";

/** What a token may do: a line for each part of Parley, with a box to read it and one to change it. */
export function ScopeGrid({ chosen, onChange, error }: ScopeGridProps) {
  const errorId = useId();
  const toggle = (scope: ApiScope) =>
    onChange(chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope]);
  return (
    <fieldset aria-describedby={error === undefined ? undefined : errorId} className="space-y-2">
      <legend className="text-sm font-medium">What it may do</legend>
      <div className="divide-y divide-hairline rounded-lg border border-hairline bg-raised text-sm">
        <div aria-hidden="true" className={`${columns} py-2 text-muted`}>
          <span />
          <span className="text-center">Read</span>
          <span className="text-center">Change</span>
        </div>
        {scopeGroups.map(({ name, read, write }) => (
          <div key={name} className={columns}>
            <span className="py-2 wrap-anywhere">{name}</span>
            <ScopeBox scope={read} label={`Read ${name}`} chosen={chosen} onToggle={toggle} />
            <ScopeBox scope={write} label={`Change ${name}`} chosen={chosen} onToggle={toggle} />
          </div>
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface ScopeBoxProps {
  /** Null where there is nothing of the kind. */
  scope: ApiScope | null;
  label: string;
  chosen: readonly ApiScope[];
  onToggle(scope: ApiScope): void;
}

function ScopeBox({ scope, label, chosen, onToggle }: ScopeBoxProps) {
  if (scope === null) return <span />;
  return (
    <label className="flex h-11 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        name="scopes"
        value={scope}
        aria-label={label}
        checked={chosen.includes(scope)}
        onChange={() => onToggle(scope)}
        className="size-5 accent-accent"
      />
    </label>
  );
}
