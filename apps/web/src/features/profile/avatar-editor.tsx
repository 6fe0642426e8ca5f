"use client";
import { useState } from "react";
import Cropper from "react-easy-crop";
import "react-easy-crop/react-easy-crop.css";
import { Button } from "@/components/button";
import { Dialog, DialogActions } from "@/components/dialog";
import { Progress } from "@/components/progress";
import { Slider } from "@/components/slider";
import { type CropArea, cropPicture } from "./crop-picture";

export interface AvatarEditorProps {
  pictureUrl: string;
  /** How much has been sent, 0 to 1; null while nothing is being sent. */
  uploaded: number | null;
  onSave(file: File): Promise<void>;
  onUnreadable(): void;
  onCancel(): void;
}

const zoomBounds = { min: 1, max: 4, step: 0.05 };

/** Chooses the square of a picture that is shown: by dragging and pinching, or by arrow keys and the slider. */
export function AvatarEditor({ pictureUrl, uploaded, onSave, onUnreadable, onCancel }: AvatarEditorProps) {
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(zoomBounds.min);
  const [area, setArea] = useState<CropArea | null>(null);
  const isBusy = uploaded !== null;

  const save = async () => {
    if (area === null) return;
    const file = await cropPicture(pictureUrl, area).catch(() => null);
    if (file === null) onUnreadable();
    else await onSave(file);
  };

  return (
    <Dialog
      title="Choose what is shown"
      isOpen
      isDismissable={false}
      onOpenChange={() => {
        if (!isBusy) onCancel();
      }}
    >
      <div className="relative mx-auto aspect-square w-full max-w-[min(100%,44dvh)] overflow-hidden rounded-lg bg-sunken">
        <Cropper
          image={pictureUrl}
          crop={crop}
          zoom={zoom}
          minZoom={zoomBounds.min}
          maxZoom={zoomBounds.max}
          aspect={1}
          cropShape="round"
          showGrid={false}
          keyboardStep={8}
          objectFit="cover"
          disableAutomaticStylesInjection
          onCropChange={setCrop}
          onZoomChange={setZoom}
          onCropAreaChange={(_, pixels) => setArea(pixels)}
          mediaProps={{ alt: "", onError: onUnreadable }}
          cropperProps={{
            role: "group",
            "aria-label": "Shown part of the picture. Move it with the arrow keys.",
            "aria-describedby": "avatar-editor-keys",
          }}
        />
      </div>
      <p id="avatar-editor-keys" className="text-sm text-muted">
        Drag the picture, or focus it and use the arrow keys; hold Shift for finer steps.
      </p>
      <Slider
        label="Zoom"
        value={zoom}
        onChange={setZoom}
        min={zoomBounds.min}
        max={zoomBounds.max}
        step={zoomBounds.step}
        format={{ style: "percent" }}
        isDisabled={isBusy}
      />
      <div className="min-h-9">
        {isBusy && <Progress label={uploaded < 1 ? "Sending" : "Saving"} value={uploaded} />}
      </div>
      <DialogActions>
        <Button tone="quiet" isDisabled={isBusy} onPress={onCancel}>
          Cancel
        </Button>
        <Button tone="primary" isPending={isBusy} isDisabled={area === null} onPress={() => void save()}>
          Save picture
        </Button>
      </DialogActions>
    </Dialog>
  );
}
