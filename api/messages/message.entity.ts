import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { LoanEntity } from '../loans/loan.entity';
import { UserEntity } from '../users/user.entity';

/** A message from one side of a loan to the other. */
export const MessageEntity = defineEntity({
  name: 'Message',
  tableName: 'messages',
  indexes: [{ properties: ['loan', 'id'] }, { properties: ['author', 'id'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    loan: () => p.manyToOne(LoanEntity).ref().index(false),
    author: () => p.manyToOne(UserEntity).ref().index(false),
    body: p.text(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** A row of `messages`. */
export type MessageRow = InferEntity<typeof MessageEntity>;

/** The `Message` of schema.graphql. */
export type Message = Omit<MessageRow, 'loan' | 'author'> & {
  loanId: string;
  authorId: string;
};
