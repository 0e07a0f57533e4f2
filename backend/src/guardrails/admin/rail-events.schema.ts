import { RAIL_ACTIONS, RAIL_OUTCOMES, RAIL_STAGES } from '#db';
import { z } from 'zod';
import { flag } from '../../config/flag.js';
import { pageFields, pageOf } from '../../platform/page.schema.js';
import { storableText } from '../../platform/storable-text.rules.js';

const name = storableText().min(1).max(32);

export const listRailEventsSchema = z.strictObject({
  ...pageFields,
  rail: name.optional(),
  stage: z.enum(RAIL_STAGES).optional(),
  action: z.enum(RAIL_ACTIONS).optional(),
  reported: flag.optional().describe('Only those of which their person said that they were wrong.'),
});
export type ListRailEventsQuery = z.infer<typeof listRailEventsSchema>;

export const railEventSchema = z
  .object({
    id: z.int(),
    createdAt: z.iso.datetime(),
    policyId: z.int().nullable(),
    stage: z.enum(RAIL_STAGES),
    rail: z.string(),
    rule: z.string(),
    action: z.enum(RAIL_ACTIONS),
    outcome: z.enum(RAIL_OUTCOMES),
    hits: z.int(),
    username: z.string().nullable().describe('Null once the person was deleted.'),
    door: z.string(),
    reportedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'GuardrailEvent' });
export type RailEventView = z.infer<typeof railEventSchema>;

export const railEventPageSchema = pageOf(railEventSchema).meta({ id: 'GuardrailEventPage' });
export type RailEventPage = z.infer<typeof railEventPageSchema>;

export const railSummaryQuerySchema = z.strictObject({
  days: z.coerce.number().int().min(1).max(31).default(7).describe('Today included.'),
});
export type RailSummaryQuery = z.infer<typeof railSummaryQuerySchema>;

export const railSummarySchema = z
  .object({
    items: z.array(
      z.object({
        day: z.iso.date().describe('Of `TIME_ZONE`.'),
        rail: z.string(),
        action: z.enum(RAIL_ACTIONS),
        events: z.int(),
        reported: z.int().describe('Of these: their person said that they were wrong.'),
      }),
    ),
  })
  .meta({ id: 'GuardrailSummary' });
export type RailSummary = z.infer<typeof railSummarySchema>;
