import { z } from "zod";
import { id, instant, pageOf, pageRequest, text } from "../primitives";

const platform = z.enum(["ios", "android", "web"]);

/** A push address. Source: 000 and conventions, "devices". */
const device = z.object({ id, token: z.string(), platform, createdAt: instant }).meta({ id: "Device" });
export type Device = z.infer<typeof device>;

export const devicesInput = pageRequest;
export type DevicesRequest = z.infer<typeof devicesInput>;

export const devicePage = pageOf(device);
export type DevicePage = z.infer<typeof devicePage>;

export const registerDeviceInput = z.object({ token: text({ min: 1, max: 4096 }), platform });
export type RegisterDevice = z.infer<typeof registerDeviceInput>;

/** `isNew` is false where the token was known already, whoever had it. */
export const registeredDevice = device.extend({ isNew: z.boolean() }).meta({ id: "RegisteredDevice" });
export type RegisteredDevice = z.infer<typeof registeredDevice>;

export const removeDeviceInput = z.object({ id });
