import type { GuardrailReplay } from '#db';
import { z } from 'zod';
import { pageFields, pageOf } from '../../../platform/page.schema.js';

export const listReplaysSchema = z.strictObject(pageFields);
export type ListReplaysQuery = z.infer<typeof listReplaysSchema>;

const replaySchema = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    username: z.string(),
    days: z.int().min(1),
    prompts: z.int().min(0).describe('How many were there to be judged.'),
    policyId: z.int().describe('The one in force then.'),
    draftId: z.int().nullable().describe('Null: files that were not stored.'),
    digest: z.string().describe("SHA-256 of the draft's files."),
  })
  .meta({ id: 'GuardrailReplay' });
export const replayPageSchema = pageOf(replaySchema).meta({ id: 'GuardrailReplayPage' });
export type ReplayPage = z.infer<typeof replayPageSchema>;

/** A noted replay as the API has it. */
export const toReplay = (replay: GuardrailReplay): z.infer<typeof replaySchema> => ({
  id: replay.id,
  at: replay.createdAt.toISOString(),
  username: replay.username,
  days: replay.days,
  prompts: replay.prompts,
  policyId: replay.policyId,
  draftId: replay.draftId,
  digest: replay.digest,
});
