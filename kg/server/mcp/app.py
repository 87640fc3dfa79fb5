"""The server: tools, resources and the prompt, as the SDK's handlers."""

import re
import sys
import traceback
from typing import Any

from mcp import MCPError, types
from mcp.server import Server, ServerRequestContext

from kg import __version__
from kg.errors import KgError
from kg.server.mcp import resources
from kg.server.mcp.clean import clean, named
from kg.server.mcp.schema import input_schema, output_schema
from kg.server.mcp.source import Source
from kg.server.mcp.tell import as_text
from kg.server.mcp.tool import Tool
from kg.server.mcp.tools import TOOLS
from kg.server.mcp.words import INSTRUCTIONS, PROMPT, PROMPT_ABOUT, PROMPT_TITLE, order
from kg.server.refusal import Refusal

Context = ServerRequestContext[Any]
_LOOKS_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_PLAIN = "text/plain"
# Messages that people get elsewhere name addresses and commands; here they name tools.
_AS_TOOLS = {
    "/api/v1/queries": "the tool queries",
    "/api/v1/documents": "the tool documents",
    "`kg queries`": "the tool queries",
    "`kg query documents`": "the tool documents",
    "see `kg query entities` for the names that it holds": "use the tool search with a part of the name",
}

# Names that are offered for one that is unknown come from documents.
_OFFERED = re.compile(r"(?<=did you mean )(.+)(?=\?$)")


def create_server(source: Source) -> Server[Any]:
    """The server over a source that is, or will be, started."""

    async def call_tool(_: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no tool {clean(asked.name)!r}; there is {', '.join(TOOLS)}")
        return await _called(source, tool, asked.arguments or {})

    async def read_resource(_: Context, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(asked.uri)
        try:
            text = await resources.read(source, uri)
        except (Refusal, KgError) as error:
            raise MCPError(types.INVALID_PARAMS, _readable(error)) from None
        return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type=_PLAIN, text=text)])

    return Server(
        "semipack",
        version=__version__,
        title="semipack",
        description="Who packages for whom in semiconductors, each statement with its sentence.",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=call_tool,
        on_list_resources=_list_resources,
        on_list_resource_templates=_list_templates,
        on_read_resource=read_resource,
        on_list_prompts=_list_prompts,
        on_get_prompt=_get_prompt,
    )


async def _called(source: Source, tool: Tool, arguments: dict[str, Any]) -> types.CallToolResult:
    """The answer both as a value and as text; what goes wrong is told in the answer, for the assistant to mend."""
    try:
        value = await tool.call(source, arguments)
        text = as_text(tool.tell, value)
    except (Refusal, KgError) as error:
        return _failed(_readable(error))
    except Exception as error:
        traceback.print_exception(error, file=sys.stderr)
        return _failed("The server failed on this call; its log says why")
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=value)


def _failed(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)


def _readable(error: Refusal | KgError) -> str:
    text = clean(error.text if isinstance(error, Refusal) else str(error))
    for elsewhere, here in _AS_TOOLS.items():
        text = text.replace(elsewhere, here)
    return _OFFERED.sub(lambda match: named(match[0]), text)


async def _list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])


def _described(tool: Tool) -> types.Tool:
    taken = input_schema(tool.fields, **tool.more)
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema={**taken, "required": [*taken["required"], *tool.needs]},
        output_schema=output_schema(tool.gives),
        annotations=_LOOKS_ONLY,
    )


async def _list_resources(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
    about = "How much the graph holds of what."
    found = types.Resource(
        uri=resources.OVERVIEW, name="overview", title="Overview", description=about, mime_type=_PLAIN
    )
    return types.ListResourcesResult(resources=[found])


async def _list_templates(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
    return types.ListResourceTemplatesResult(
        resource_templates=[
            types.ResourceTemplate(
                uri_template=f"{resources.SCHEME}{kind.name}/{{key}}",
                name=kind.name,
                description=kind.about,
                mime_type=_PLAIN,
            )
            for kind in resources.KINDS.values()
        ]
    )


async def _list_prompts(_: Context, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
    question = types.PromptArgument(name="question", description="what you want to know", required=True)
    prompt = types.Prompt(name=PROMPT, title=PROMPT_TITLE, description=PROMPT_ABOUT, arguments=[question])
    return types.ListPromptsResult(prompts=[prompt])


async def _get_prompt(_: Context, asked: types.GetPromptRequestParams) -> types.GetPromptResult:
    question = (asked.arguments or {}).get("question", "")
    if asked.name != PROMPT or not question.strip():
        raise MCPError(types.INVALID_PARAMS, f"The only prompt is {PROMPT}, and it needs a question")
    message = types.PromptMessage(role="user", content=types.TextContent(text=order(question)))
    return types.GetPromptResult(description=PROMPT_ABOUT, messages=[message])
