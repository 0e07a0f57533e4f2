import { z } from 'zod';

export const healthStatusSchema = z
  .object({ status: z.literal('ok') })
  .meta({ id: 'HealthStatus' });
/** For load balancers and older clients that know one route. */
export const healthSchema = healthStatusSchema
  .extend({ model: z.string().describe('Asked when nobody chooses.') })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

export type HealthStatus = z.infer<typeof healthStatusSchema>;

export const noticeListSchema = z
  .object({
    items: z.array(
      z.object({
        code: z.string(),
        message: z.string().describe('In the language of `Accept-Language`.'),
      }),
    ),
  })
  .meta({ id: 'NoticeList' });
export type NoticeList = z.infer<typeof noticeListSchema>;
