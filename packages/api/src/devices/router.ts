import { nothing } from "../primitives";
import { router, signedIn } from "../trpc";
import { devicePage, devicesInput, registerDeviceInput, registeredDevice, removeDeviceInput } from "./schema";
import { listDevices, registerDevice, removeDevice } from "./service";

export const devicesRouter = router({
  list: signedIn({ summary: "List the devices that receive push notifications" })
    .input(devicesInput)
    .output(devicePage)
    .query(({ ctx, input }) => listDevices(ctx.deps, ctx.actor, input)),

  register: signedIn({
    summary: "Register a push notification token",
    description: "A token belongs to the person who registered it last. A plan may bound how many there are.",
    errors: ["conflict"],
  })
    .input(registerDeviceInput)
    .output(registeredDevice)
    .mutation(({ ctx, input }) => registerDevice(ctx.deps, ctx.actor, input)),

  remove: signedIn({ summary: "Remove a registered push token", errors: ["not_found"] })
    .input(removeDeviceInput)
    .output(nothing)
    .mutation(({ ctx, input }) => removeDevice(ctx.deps, ctx.actor, input)),
});
