"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Button } from "@/components/button";
import { FileButton } from "@/components/file-button";
import { Portrait } from "@/components/portrait";
import { pictureProblem, pictureTypes } from "./crop-picture";
import { useAvatar } from "./use-avatar";

// Most visits to this page crop nothing.
const AvatarEditor = dynamic(() => import("./avatar-editor").then((module) => module.AvatarEditor), { ssr: false });

/** The picture of a person, with the ways to change it. */
export function AvatarSection({ name, url: initialUrl }: { name: string; url: string | null }) {
  const avatar = useAvatar(initialUrl);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => () => (chosen === null ? undefined : URL.revokeObjectURL(chosen)), [chosen]);

  const choose = (file: File) => {
    const found = pictureProblem(file);
    setProblem(found);
    if (found === null) setChosen(URL.createObjectURL(file));
  };

  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
      <Portrait name={name} url={avatar.url} size={96} />
      <div className="min-w-0 flex-1 basis-56 space-y-2">
        <div className="flex flex-wrap gap-3">
          <FileButton acceptedTypes={pictureTypes} onChoose={choose}>
            {avatar.url === null ? "Add a picture" : "Change picture"}
          </FileButton>
          {avatar.url !== null && (
            <Button tone="quiet" isPending={avatar.isRemoving} onPress={() => void avatar.remove()}>
              Remove
            </Button>
          )}
        </div>
        <p className="text-sm text-muted">JPEG, PNG, WebP or GIF, at most 5 MB. You choose the part that is shown.</p>
        <p role="alert" className="text-sm text-danger empty:hidden">
          {problem}
        </p>
      </div>
      {chosen !== null && (
        <AvatarEditor
          pictureUrl={chosen}
          uploaded={avatar.isUploading ? avatar.uploaded : null}
          onSave={async (file) => {
            if (await avatar.replace(file)) setChosen(null);
          }}
          onUnreadable={() => {
            setChosen(null);
            setProblem("This picture could not be read. It may be damaged; try another.");
          }}
          onCancel={() => setChosen(null)}
        />
      )}
    </div>
  );
}
