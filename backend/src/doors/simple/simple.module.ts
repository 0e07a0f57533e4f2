import { Module } from '@nestjs/common';
import { AnsweringModule } from '../../answering/answering.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { PostsModule } from '../../posts/posts.module.js';
import { TrainingModule } from '../../training/training.module.js';
import { ChatController } from './chat.controller.js';
import { LoginController } from './login.controller.js';
import { OpenDoor } from './open-door.js';
import { QuestionController } from './question.controller.js';
import { SimpleChat } from './simple-chat.js';
import { TrainController } from './train.controller.js';

@Module({
  imports: [AnsweringModule, AuthModule, PostsModule, TrainingModule],
  controllers: [ChatController, LoginController, QuestionController, TrainController],
  providers: [OpenDoor, SimpleChat],
})
export class SimpleModule {}
