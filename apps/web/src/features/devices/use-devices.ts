"use client";
import type { DevicePage } from "@parley/api/schema/devices";
import { toast } from "sonner";
import { failureOf } from "@/trpc/failure";
import { trpc } from "@/trpc/react";

const everyDevice = { perPage: 100 };

/** One's devices. A removed one vanishes at once, and returns with a message if it could not be removed. */
export function useDevices(initial: DevicePage) {
  const utils = trpc.useUtils();
  const { data: devices = initial } = trpc.devices.list.useQuery(everyDevice, { initialData: initial });
  const removal = trpc.devices.remove.useMutation({
    onMutate: async ({ id }) => {
      await utils.devices.list.cancel(everyDevice);
      const before = utils.devices.list.getData(everyDevice);
      utils.devices.list.setData(
        everyDevice,
        (page) => page && { ...page, items: page.items.filter((device) => device.id !== id) },
      );
      return { before };
    },
    onError: (error, _, kept) => {
      utils.devices.list.setData(everyDevice, kept?.before);
      toast.error(failureOf(error).message, { description: "The device is still registered." });
    },
    onSuccess: () => toast.success("Device removed."),
    onSettled: () => utils.devices.list.invalidate(everyDevice),
  });
  return { devices: devices.items, remove: (id: string) => removal.mutate({ id }) };
}
