"use client";
import { type ComponentType, useEffect, useEffectEvent, useState } from "react";
import { toast } from "sonner";

/**
 * A part of a page that is loaded when it is first shown, for what most visits never open. Where it cannot be loaded, the
 * page stays as it is and says so: to fail as `dynamic` does would lose what was typed.
 * @param load what is shown; it is asked for again where it failed
 * @param giveUp makes what the props tell of closed again, so that it can be opened anew
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  giveUp: (props: Props) => void,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function OnDemand(props: Props) {
    const [Shown, setShown] = useState(() => loaded);
    const fail = useEffectEvent(() => {
      toast.error("This could not be loaded.", { description: "You seem to be offline. Try again when you are back." });
      giveUp(props);
    });
    useEffect(() => {
      if (loaded !== undefined) return;
      let isGone = false;
      load().then(
        (component) => {
          loaded = component;
          if (!isGone) setShown(() => component);
        },
        () => {
          if (!isGone) fail();
        },
      );
      return () => {
        isGone = true;
      };
    }, []);
    return Shown === undefined ? null : <Shown {...props} />;
  };
}
