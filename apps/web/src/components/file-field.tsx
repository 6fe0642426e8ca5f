"use client";
import { clsx } from "clsx";
import { FileText, Upload } from "lucide-react";
import { type ReactNode, useId } from "react";
import { DropZone, isFileDropItem, Text } from "react-aria-components";
import { FileButton } from "./file-button";

export interface FileFieldProps {
  label: string;
  /** What it may be, and how large. */
  hint: ReactNode;
  acceptedTypes: readonly string[];
  file: File | null;
  onChange(file: File | null): void;
  error?: string | undefined;
  isDisabled?: boolean;
}

/** One file, chosen or dropped. */
export function FileField({ label, hint, acceptedTypes, file, onChange, error, isDisabled = false }: FileFieldProps) {
  const errorId = useId();
  return (
    <div className="space-y-1.5">
      <DropZone
        aria-label={label}
        isDisabled={isDisabled}
        getDropOperation={() => "copy"}
        onDrop={async ({ items }) => {
          const dropped = items.find(isFileDropItem);
          if (dropped !== undefined) onChange(await dropped.getFile());
        }}
        className={clsx(
          "flex flex-wrap items-center gap-4 rounded-lg border border-dashed bg-raised p-4 transition-colors duration-150",
          error === undefined ? "border-control/70" : "border-danger",
          "data-[drop-target]:border-accent data-[drop-target]:bg-accent-soft",
          "data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent",
        )}
      >
        <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-sunken text-muted">
          {file === null ? (
            <Upload aria-hidden="true" strokeWidth={1.5} className="size-5" />
          ) : (
            <FileText aria-hidden="true" strokeWidth={1.5} className="size-5" />
          )}
        </span>
        <span className="min-w-0 flex-1 basis-40">
          <Text slot="label" className="block text-sm font-medium wrap-anywhere">
            {file === null ? label : file.name}
          </Text>
          <span className="block text-sm text-muted">{file === null ? hint : sizeText(file.size)}</span>
        </span>
        <FileButton
          acceptedTypes={acceptedTypes}
          onChoose={onChange}
          isDisabled={isDisabled}
          aria-describedby={error === undefined ? undefined : errorId}
        >
          {file === null ? "Choose a file" : "Choose another"}
        </FileButton>
      </DropZone>
      <p id={errorId} role="alert" className="text-sm text-danger empty:hidden">
        {error}
      </p>
    </div>
  );
}

function sizeText(bytes: number): string {
  const isLarge = bytes >= 1024 * 1024;
  const amount = bytes / (isLarge ? 1024 * 1024 : 1024);
  return `${amount.toLocaleString("en", { maximumFractionDigits: isLarge ? 1 : 0 })} ${isLarge ? "MB" : "kB"}`;
}
