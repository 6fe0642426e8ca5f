import type { Actor } from "@parley/auth";
import { notFound } from "../errors";
import { accountGone } from "../profile/service";
import type { DevicePage, DevicesRequest, RegisterDevice, RegisteredDevice } from "./schema";
import type { DeviceStore } from "./store";

export interface DeviceDependencies {
  devices: DeviceStore;
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

/** Makes the token the caller's, and nobody else's: after a change of account, pushes must not reach the wrong person. */
export async function registerDevice(
  deps: DeviceDependencies,
  actor: Actor,
  input: RegisterDevice,
): Promise<RegisteredDevice> {
  const device = await deps.devices.register(actor.userId, input);
  if (device === null) throw accountGone();
  return device;
}

/** @throws not_found when there is no such device, or it is another's. */
export async function removeDevice(deps: DeviceDependencies, actor: Actor, input: { id: string }): Promise<void> {
  if (!(await deps.devices.remove(actor.userId, input.id))) throw notFound("Device");
}
