import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { DeleteRequest as _files_DeleteRequest, DeleteRequest__Output as _files_DeleteRequest__Output } from './files/DeleteRequest.ts';
import type { DeleteResponse as _files_DeleteResponse, DeleteResponse__Output as _files_DeleteResponse__Output } from './files/DeleteResponse.ts';
import type { DownloadEnd as _files_DownloadEnd, DownloadEnd__Output as _files_DownloadEnd__Output } from './files/DownloadEnd.ts';
import type { DownloadRequest as _files_DownloadRequest, DownloadRequest__Output as _files_DownloadRequest__Output } from './files/DownloadRequest.ts';
import type { DownloadResponse as _files_DownloadResponse, DownloadResponse__Output as _files_DownloadResponse__Output } from './files/DownloadResponse.ts';
import type { File as _files_File, File__Output as _files_File__Output } from './files/File.ts';
import type { FileTransferClient as _files_FileTransferClient, FileTransferDefinition as _files_FileTransferDefinition } from './files/FileTransfer.ts';
import type { ListRequest as _files_ListRequest, ListRequest__Output as _files_ListRequest__Output } from './files/ListRequest.ts';
import type { QueryUploadRequest as _files_QueryUploadRequest, QueryUploadRequest__Output as _files_QueryUploadRequest__Output } from './files/QueryUploadRequest.ts';
import type { UploadChunk as _files_UploadChunk, UploadChunk__Output as _files_UploadChunk__Output } from './files/UploadChunk.ts';
import type { UploadFinish as _files_UploadFinish, UploadFinish__Output as _files_UploadFinish__Output } from './files/UploadFinish.ts';
import type { UploadRequest as _files_UploadRequest, UploadRequest__Output as _files_UploadRequest__Output } from './files/UploadRequest.ts';
import type { UploadStart as _files_UploadStart, UploadStart__Output as _files_UploadStart__Output } from './files/UploadStart.ts';
import type { UploadStatus as _files_UploadStatus, UploadStatus__Output as _files_UploadStatus__Output } from './files/UploadStatus.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  files: {
    DeleteRequest: MessageTypeDefinition<_files_DeleteRequest, _files_DeleteRequest__Output>
    DeleteResponse: MessageTypeDefinition<_files_DeleteResponse, _files_DeleteResponse__Output>
    DownloadEnd: MessageTypeDefinition<_files_DownloadEnd, _files_DownloadEnd__Output>
    DownloadRequest: MessageTypeDefinition<_files_DownloadRequest, _files_DownloadRequest__Output>
    DownloadResponse: MessageTypeDefinition<_files_DownloadResponse, _files_DownloadResponse__Output>
    File: MessageTypeDefinition<_files_File, _files_File__Output>
    /**
     * Files in one folder: uploads that can continue after a break, downloads that are checked.
     */
    FileTransfer: SubtypeConstructor<typeof grpc.Client, _files_FileTransferClient> & { service: _files_FileTransferDefinition }
    ListRequest: MessageTypeDefinition<_files_ListRequest, _files_ListRequest__Output>
    QueryUploadRequest: MessageTypeDefinition<_files_QueryUploadRequest, _files_QueryUploadRequest__Output>
    UploadChunk: MessageTypeDefinition<_files_UploadChunk, _files_UploadChunk__Output>
    UploadFinish: MessageTypeDefinition<_files_UploadFinish, _files_UploadFinish__Output>
    UploadRequest: MessageTypeDefinition<_files_UploadRequest, _files_UploadRequest__Output>
    UploadStart: MessageTypeDefinition<_files_UploadStart, _files_UploadStart__Output>
    UploadStatus: MessageTypeDefinition<_files_UploadStatus, _files_UploadStatus__Output>
  }
}

