import type { Actor } from "@parley/auth";
import { conflict, notFound } from "../errors";
import { accountGone } from "../profile/service";
import type { DevicePage, DevicesRequest, RegisterDevice, RegisteredDevice } from "./schema";
import type { DeviceStore } from "./store";

export interface DeviceDependencies {
  devices: DeviceStore;
  clock(): Date;
}

/** The caller's devices, newest first. */
export async function listDevices(
  deps: DeviceDependencies,
  actor: Actor,
  { page, perPage }: DevicesRequest,
): Promise<DevicePage> {
  const { items, total } = await deps.devices.list(actor.userId, { offset: (page - 1) * perPage, limit: perPage });
  return { items, page, perPage, total };
}

/**
 * Makes the token the caller's, and nobody else's: after a change of account, pushes must not reach the wrong person.
 * @throws conflict where the caller's plan allows no more devices.
 */
export async function registerDevice(
  deps: DeviceDependencies,
  actor: Actor,
  input: RegisterDevice,
): Promise<RegisteredDevice> {
  const result = await deps.devices.register(actor.userId, input, deps.clock());
  if (result.outcome === "gone") throw accountGone();
  if (result.outcome === "full") {
    const { maxDevices } = result;
    throw conflict(`Your plan allows ${maxDevices} devices`, {
      token: `is one device more than the plan's ${maxDevices}`,
    });
  }
  return result.device;
}

/** @throws not_found when there is no such device, or it is another's. */
export async function removeDevice(deps: DeviceDependencies, actor: Actor, input: { id: string }): Promise<void> {
  if (!(await deps.devices.remove(actor.userId, input.id))) throw notFound("Device");
}
