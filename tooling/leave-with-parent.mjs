// Preloaded into each part: whoever started it may be killed without a chance to say goodbye, and a server that nobody
// owns would keep the port and the database. The broken channel is the news, the usual signal is what follows from it.
process.channel?.unref();
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
