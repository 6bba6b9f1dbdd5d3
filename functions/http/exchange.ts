import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** A middleware around every endpoint of an entry. */
export type HttpMiddleware = MiddlewareObj<HttpEvent, HttpResult, Error>;
