import type { UseFormReturnType } from '@mantine/form';
import { NativeSelect, NumberInput, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import * as z from 'zod';
import { CreateItemInputSchema } from '../generated/validators';
import type { CreateItemInput, ItemCategory } from '../generated/types';
import type { UploadedPhoto } from '../photos/uploadPhoto';
import { InputForm } from '../ui/InputForm';
import { PhotoUpload } from '../photos/PhotoUpload';
import { CATEGORY_OPTIONS } from './itemCategory';
import type { InputError } from '../ui/useInputForm';
import { useInputForm } from '../ui/useInputForm';

/** Values of the item form. */
export type ItemValues = {
  photos: UploadedPhoto[];
  title: string;
  /** Empty until a category is chosen. */
  category: ItemCategory | '';
  description: string;
  maxLoanDays: number | '';
  bufferDays: number | '';
  pickupNote: string;
};

/** Item input of the API, for a new or an existing item. */
export type ItemInput = Omit<CreateItemInput, 'neighborhoodId'>;

/** The form keeps pictures with their URLs, so that a draft can show them. */
const FORM_SCHEMA = CreateItemInputSchema.omit({
  neighborhoodId: true,
  photoIds: true,
}).extend({ photos: z.array(z.custom<UploadedPhoto>()) });

const STILL_UPLOADING: InputError = {
  message: 'Please wait until your photos are there.',
  field: ['photos'],
};

/** Form for a new or an existing item. */
export function ItemForm({
  saved,
  draft,
  submitLabel,
  secondary,
  send,
}: {
  saved: ItemValues;
  /** The page's path. */
  draft: string;
  submitLabel: string;
  /** Shown beside the submit button. */
  secondary?: ReactNode;
  /** Sends the input. Returns the API's errors. */
  send: (input: ItemInput) => Promise<readonly InputError[]>;
}) {
  const [isUploading, setIsUploading] = useState(false);
  const handle = useInputForm({
    schema: FORM_SCHEMA,
    initialValues: saved,
    draft,
    send: async ({ photos, ...input }) => {
      if (isUploading) return [STILL_UPLOADING];
      const photoIds = photos.map(({ id }) => id);
      const refused = await send({ ...input, photoIds });
      return refused.map((refusal) =>
        refusal.field?.[0] === 'photoIds'
          ? { ...refusal, field: ['photos'] }
          : refusal,
      );
    },
  });
  const { form } = handle;

  return (
    <InputForm handle={handle} submitLabel={submitLabel} secondary={secondary}>
      <PhotoUpload
        label="Photos (optional)"
        description="Up to 6. The first is shown in lists."
        photos={form.values.photos}
        onChange={(change) => {
          form.setFieldValue('photos', change);
          form.clearFieldError('photos');
        }}
        onUploading={setIsUploading}
        error={form.errors.photos}
      />
      <ItemFields form={form} />
    </InputForm>
  );
}

function ItemFields({ form }: { form: UseFormReturnType<ItemValues> }) {
  return (
    <>
      <TextInput
        label="What is it?"
        placeholder="Cordless drill"
        autoComplete="off"
        required
        {...form.getInputProps('title')}
      />
      <NativeSelect
        label="What kind of thing?"
        size="md"
        maw={360}
        data={[{ value: '', label: 'Please choose' }, ...CATEGORY_OPTIONS]}
        required
        {...form.getInputProps('category')}
      />
      <Textarea
        label="About it (optional)"
        description="What should a borrower know? How large, how old, what comes with it."
        autosize
        minRows={4}
        {...form.getInputProps('description')}
      />
      <DaysInput
        label="For how many days at most?"
        description="How long a neighbor may keep it: up to 90"
        {...form.getInputProps('maxLoanDays')}
      />
      <DaysInput
        label="How many days of rest after a return?"
        description="For cleaning or repairs: up to 14, and 0 is fine"
        {...form.getInputProps('bufferDays')}
      />
      <Textarea
        label="Picking it up (optional)"
        description="Where and how. Only a neighbor whose request you have approved reads it."
        placeholder="Ring at the blue door, best after six"
        autosize
        minRows={2}
        {...form.getInputProps('pickupNote')}
      />
    </>
  );
}

function DaysInput(
  props: { label: string; description: string } & ReturnType<
    UseFormReturnType<ItemValues>['getInputProps']
  >,
) {
  return (
    <NumberInput
      maw={360}
      maxLength={3}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      inputMode="numeric"
      autoComplete="off"
      required
      hideControls
      {...props}
    />
  );
}
