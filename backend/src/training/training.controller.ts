import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Put,
  Query,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { AdminOnly, type Caller, CurrentCaller } from '../platform/caller.js';
import { IdPipe } from '../platform/validation.js';
import { TrainingData } from './training-data.js';
import {
  consentSchema,
  type ConsentView,
  consentViewSchema,
  type ConsentWish,
  correctionSchema,
  type CorrectionView,
  correctionViewSchema,
  type CorrectionWish,
  exportSchema,
  type ExportWish,
} from './training.schema.js';

const postId = new IdPipe('POST.NOT_FOUND');

/** Corrections of answers, the consent to use them, and the set that comes of both. */
@ApiTags('training')
@ApiBearerAuth()
@Controller('api')
export class TrainingController {
  constructor(private readonly training: TrainingData) {}

  @Get('training/consent')
  @ApiOkResponse({ standardSchema: consentViewSchema })
  readConsent(@CurrentCaller() caller: Caller): Promise<ConsentView> {
    return this.training.consent(caller);
  }

  @Put('training/consent')
  @ApiOkResponse({ standardSchema: consentViewSchema })
  giveConsent(
    @CurrentCaller() caller: Caller,
    @Body({ schema: consentSchema }) { given }: ConsentWish,
  ): Promise<ConsentView> {
    return this.training.setConsent(caller, given);
  }

  @Get('training/export')
  @AdminOnly()
  @ApiProduces('text/plain')
  @ApiOkResponse({
    description: 'JSON Lines: an example a line, of people who consent, personal data masked.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  exportTraining(@Query({ schema: exportSchema }) { format }: ExportWish): StreamableFile {
    return new StreamableFile(Readable.from(this.training.lines(format)), {
      // JSON Lines has no registered media type.
      type: 'text/plain; charset=utf-8',
      disposition: `attachment; filename="prosa-training-${format}.jsonl"`,
    });
  }

  @Get('posts/:id/correction')
  @ApiOkResponse({ standardSchema: correctionViewSchema })
  readCorrection(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
  ): Promise<CorrectionView> {
    return this.training.correction(caller, id);
  }

  @Put('posts/:id/correction')
  @ApiOkResponse({ standardSchema: correctionViewSchema })
  correctAnswer(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
    @Body({ schema: correctionSchema }) { answer }: CorrectionWish,
  ): Promise<CorrectionView> {
    return this.training.correct(caller, id, answer);
  }

  @Delete('posts/:id/correction')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeCorrection(
    @CurrentCaller() caller: Caller,
    @Param('id', postId) id: number,
  ): Promise<void> {
    return this.training.removeCorrection(caller, id);
  }
}
