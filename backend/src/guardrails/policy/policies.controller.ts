import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AdminOnly, type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import { IdPipe } from '../../platform/validation.js';
import { toPolicy, toPolicyWithFiles, toStatus } from './policies.response.js';
import {
  type ListPoliciesQuery,
  listPoliciesSchema,
  type NewPolicyBody,
  newPolicySchema,
  type PolicyPage,
  policyPageSchema,
  policySchema,
  type PolicyView,
  type PolicyWithFiles,
  policyWithFilesSchema,
  statusSchema,
  type StatusView,
} from './policies.schema.js';
import { PoliciesService } from './policies.service.js';
import { RailsFolder } from './versions/rails-folder.js';

const PolicyId = () => Param('id', new IdPipe('GUARDRAIL.POLICY_NOT_FOUND'));

/** Versions of the rails, for administrators. */
@ApiTags('guardrails')
@ApiBearerAuth()
@AdminOnly()
@Controller('api/guardrails')
export class PoliciesController {
  constructor(
    private readonly policies: PoliciesService,
    private readonly folder: RailsFolder,
  ) {}

  @Get('status')
  @ApiOkResponse({ standardSchema: statusSchema })
  async readGuardrailStatus(@CallerLanguage() language: Language): Promise<StatusView> {
    return toStatus(await this.policies.inForce(), this.folder, language);
  }

  @Get('policies')
  @ApiOkResponse({ standardSchema: policyPageSchema })
  async listPolicies(
    @Query({ schema: listPoliciesSchema }) query: ListPoliciesQuery,
  ): Promise<PolicyPage> {
    const { items, nextCursor } = await this.policies.list(query);
    return { items: items.map(toPolicy), nextCursor };
  }

  @Get('policies/:id')
  @ApiOkResponse({ standardSchema: policyWithFilesSchema })
  async readPolicy(@PolicyId() id: number): Promise<PolicyWithFiles> {
    return toPolicyWithFiles(await this.policies.get(id));
  }

  @Post('policies')
  @ApiCreatedResponse({ standardSchema: policySchema })
  async createPolicy(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: newPolicySchema }) body: NewPolicyBody,
  ): Promise<PolicyView> {
    return toPolicy(await this.policies.create(caller, body, language));
  }

  /** Also rolls back: an older version is put in force again. */
  @Post('policies/:id/publish')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: policySchema })
  async publishPolicy(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @PolicyId() id: number,
  ): Promise<PolicyView> {
    return toPolicy(await this.policies.publish(caller, id, language));
  }

  @Delete('policies/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deletePolicy(@CurrentCaller() caller: Caller, @PolicyId() id: number): Promise<void> {
    await this.policies.remove(caller, id);
  }
}
