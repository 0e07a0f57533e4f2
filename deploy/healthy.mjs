// Whether this container's Prosa can be sent work, for a health check, which sets the time limit:
// exit code 0 or 1.
const port = process.env.PORT ?? '3000';
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
