"use client";
import { Slider as AriaSlider, Label, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";

export interface SliderProps {
  label: string;
  value: number;
  onChange(value: number): void;
  min: number;
  max: number;
  step: number;
  /** How a value reads, e.g. `{ style: "percent" }`. */
  format?: Intl.NumberFormatOptions;
  isDisabled?: boolean;
}

/** A value between two ends, by dragging, by arrow keys or by a press on the track. */
export function Slider({ label, value, onChange, min, max, step, format, isDisabled }: SliderProps) {
  return (
    <AriaSlider
      value={value}
      onChange={onChange}
      minValue={min}
      maxValue={max}
      step={step}
      formatOptions={format}
      isDisabled={isDisabled}
      className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1"
    >
      <Label className="text-sm font-medium">{label}</Label>
      <SliderOutput className="text-sm text-muted" />
      <SliderTrack className="relative col-span-2 h-8 cursor-pointer before:absolute before:inset-x-0 before:top-1/2 before:h-1 before:-translate-y-1/2 before:rounded-full before:bg-control/50">
        <SliderThumb className="top-1/2 size-6 rounded-full border-2 border-accent bg-raised transition-colors duration-150 focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent data-[dragging]:bg-accent" />
      </SliderTrack>
    </AriaSlider>
  );
}
