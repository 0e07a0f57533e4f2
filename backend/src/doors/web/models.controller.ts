import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ModelRegistry } from '../../llm/registry.js';
import { CallerLanguage } from '../../platform/caller.js';
import { errorMessage } from '../../platform/error-message.js';
import type { Language } from '../../platform/language.rules.js';
import { type ModelList, modelListSchema } from './models.schema.js';

@ApiTags('models')
@ApiBearerAuth()
@Controller('api/models')
export class ModelsController {
  constructor(private readonly models: ModelRegistry) {}

  @Get()
  @ApiOkResponse({ standardSchema: modelListSchema })
  async listModels(@CallerLanguage() language: Language): Promise<ModelList> {
    const models = await this.models.list();
    return {
      items: models.map(
        ({ id, provider, contextWindow, available, reason, reasonWhere, isDefault }) => ({
          id,
          provider,
          contextWindow,
          available,
          reason: reason
            ? { code: reason, message: errorMessage(reason, language) + suffix(reasonWhere) }
            : null,
          default: isDefault,
        }),
      ),
    };
  }
}

/** The setting to look at, after the sentence: settings have the same name in every language. */
const suffix = (where: string | undefined): string => (where === undefined ? '' : ` (${where})`);
