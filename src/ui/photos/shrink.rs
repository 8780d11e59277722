//! A photo on its way in, as far as only a browser can do it: the picture is
//! decoded, the way up that the camera says, and drawn anew until it is small
//! enough. What the camera wrote beside it is not drawn.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlCanvasElement, HtmlImageElement, Url};

use crate::app::photo_in::{ATTEMPTS, PhotoProblem, check_file, finish, fit};
use crate::domain::photo::NewPhoto;
use crate::ui::picture::{canvas, context_of, encoded};

/// So many bytes say what kind of file it is.
const HEAD: f64 = 16.0;

/// The photo of a file, or why it is not taken.
pub async fn shrink(file: &File) -> Result<NewPhoto, PhotoProblem> {
    let name = file.name();
    let broken = |_: JsValue| PhotoProblem::Broken(name.clone());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = file.size() as u64;
    check_file(&name, size, &head(file).await.map_err(broken)?)?;
    let address = Url::create_object_url_with_blob(file).map_err(broken)?;
    let drawn = draw(&address).await;
    Url::revoke_object_url(&address).map_err(broken)?;
    drawn.map_err(broken)?.ok_or(PhotoProblem::NotSmall(name))
}

async fn head(file: &File) -> Result<Vec<u8>, JsValue> {
    let head: Blob = file.slice_with_f64_and_f64(0.0, HEAD)?;
    bytes_of(&head).await
}

async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(blob.array_buffer()).await?).to_vec())
}

/// Draws it smaller and plainer until it fits; `None` when it never does.
async fn draw(address: &str) -> Result<Option<NewPhoto>, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    for (edge, quality) in ATTEMPTS {
        let (width, height) = fit(image.natural_width(), image.natural_height(), edge);
        let drawn = scaled(&image, width, height)?;
        let blob = encoded(&drawn, "image/jpeg", quality).await?;
        if let Some(photo) = finish(&bytes_of(&blob).await?) {
            return Ok(Some(photo));
        }
    }
    Ok(None)
}

fn scaled(image: &HtmlImageElement, width: u16, height: u16) -> Result<HtmlCanvasElement, JsValue> {
    let canvas = canvas(u32::from(width), u32::from(height)).ok_or("no canvas")?;
    let context = context_of(&canvas).ok_or("no canvas")?;
    let (width, height) = (f64::from(width), f64::from(height));
    // Where this is not known, the picture is only a little rougher.
    let _smooth = Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    // What is transparent would be black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}
