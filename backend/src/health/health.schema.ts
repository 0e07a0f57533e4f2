import { z } from 'zod';

export const healthStatusSchema = z
  .object({ status: z.literal('ok') })
  .meta({ id: 'HealthStatus' });
export type HealthStatus = z.infer<typeof healthStatusSchema>;
